"""Write the DOCX templates of papers anew: `python tools/document_templates.py [FOLDER]`.

They are made once and then edited in a word processor; run this only to begin again from the plain ones.
Needs the extra `papers`. FOLDER: by default `rules/documents/templates`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FOLDER = Path(__file__).resolve().parents[1] / "rules" / "documents" / "templates"
RED, GREY = RGBColor(0xA0, 0, 0), RGBColor(0x55, 0x55, 0x55)
SMALL = Pt(8)
SHEET = "Sheet for the officer: take it off before the paper is sent."


def field(paragraph: Any, code: str) -> None:
    """A field of the word processor, as PAGE."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        run.font.size = SMALL
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def plain_fonts(document: Any) -> None:
    """Fonts that every office has; those of the theme would go before them."""
    for name, font, size in (
        ("Normal", "Times New Roman", 11),
        ("Title", "Arial", 16),
        ("Heading 1", "Arial", 13),
        ("Heading 2", "Arial", 11),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for each in list(fonts.attrib):
            if each.endswith("Theme"):
                del fonts.attrib[each]
        for each in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(each), font)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(12)
    document.styles["Heading 2"].paragraph_format.space_after = Pt(2)


def page_of(section: Any, foot: str, numbers: str) -> None:
    """A page of A4 with its foot. numbers: the format of its page numbers, which begin at 1."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run(f"{foot}  Page ").font.size = SMALL
    field(paragraph, "PAGE")
    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:start"), "1")
    kind.set(qn("w:fmt"), numbers)
    section._sectPr.append(kind)


def begun() -> Any:
    """A document with the head and the foot of every page, and the sheet for the officer before the paper."""
    document = Document()
    plain_fonts(document)
    sheet = document.sections[0]
    head = sheet.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("{{ '' if complete else notice }}")
    run.bold, run.font.color.rgb = True, RED
    page_of(sheet, "{{ foot }}", "lowerRoman")
    run = document.add_paragraph().add_run(SHEET)
    run.italic, run.font.color.rgb = True, GREY
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph().add_run("{{ face }}").bold = True
    document.add_paragraph("{{ step }}")
    for name, heading, style_name in (
        ("missing", "What is missing", "List Number"),
        ("doubtful", "What the plan leaves open", "List Bullet"),
    ):
        document.add_paragraph("{%p if " + name + " %}")
        document.add_paragraph(heading, style="Heading 1")
        document.add_paragraph("{%p for line in " + name + " %}")
        document.add_paragraph("{{ line }}", style=style_name)
        document.add_paragraph("{%p endfor %}")
        document.add_paragraph("{%p endif %}")
    listed(document, "about", "About this paper")
    listed(document, "origins", "Where the values are from")
    paper = document.add_section(WD_SECTION.NEW_PAGE)
    paper.footer.is_linked_to_previous = False
    for each in list(paper._sectPr):
        if each.tag == qn("w:pgNumType"):
            paper._sectPr.remove(each)
    page_of(paper, "{{ '' if complete else foot }}", "decimal")
    document.add_paragraph("{%p if complete %}")
    run = document.add_paragraph().add_run("{{ notice }}")
    run.font.size, run.font.color.rgb = SMALL, GREY
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{%p if not complete %}")
    document.add_paragraph().add_run("{{ face }}").bold = True
    document.add_paragraph("{%p endif %}")
    return document


def lines(add: Any) -> None:
    """The lines of a field, a blank in yellow. add: adds a paragraph with a text."""
    add("{%p for line in row.lines %}")
    add("{%p if row.blank %}")
    blank = add("")
    blank.paragraph_format.space_after = Pt(3)
    blank.add_run("{{ line }}").font.highlight_color = WD_COLOR_INDEX.YELLOW
    add("{%p else %}")
    add("{{ line }}").paragraph_format.space_after = Pt(3)
    add("{%p endif %}")
    add("{%p endfor %}")


def listed(document: Any, name: str, heading: str) -> None:
    document.add_paragraph("{%p if " + name + " %}")
    document.add_paragraph(heading, style="Heading 1")
    document.add_paragraph("{%p for item in " + name + " %}")
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    for text in ("{{ item.name }}: ", "{{ item.text }}"):
        run = paragraph.add_run(text)
        run.bold, run.font.size = text.endswith(": "), Pt(9.5)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")


def section_head(document: Any) -> None:
    document.add_paragraph("{{ part.heading }}", style="Heading 2")
    document.add_paragraph("{%p if part.remark %}")
    remark = document.add_paragraph()
    remark.paragraph_format.keep_with_next = True
    remark.paragraph_format.space_after = Pt(3)
    run = remark.add_run("{{ part.remark }}")
    run.italic, run.font.size, run.font.color.rgb = True, Pt(8.5), GREY
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if part.says %}")
    document.add_paragraph("{{ part.says }}")
    document.add_paragraph("{%p endif %}")


def letter() -> Any:
    """Sections as running text."""
    document = begun()
    document.add_paragraph("{%p for part in parts %}")
    section_head(document)
    document.add_paragraph("{%p for row in part.rows %}")
    name = document.add_paragraph()
    name.add_run("{{ row.name }}").bold = True
    name.paragraph_format.space_after = Pt(0)
    name.paragraph_format.keep_with_next = True
    lines(document.add_paragraph)
    for _ in range(2):
        document.add_paragraph("{%p endfor %}")
    return document


def form() -> Any:
    """Sections as tables of two columns, as the forms of certificates have them."""
    document = begun()
    document.add_paragraph("{%p for part in parts %}")
    section_head(document)
    document.add_paragraph("{%p if part.rows %}")
    table = document.add_table(rows=3, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Cm(4.6), Cm(11.2)
    for cells in table.rows:
        cells.cells[0].width, cells.cells[1].width = Cm(4.6), Cm(11.2)
    table.cell(0, 0).text = "{%tr for row in part.rows %}"
    table.cell(1, 0).paragraphs[0].add_run("{{ row.name }}").bold = True
    values = table.cell(1, 1)
    lines(values.add_paragraph)
    first = values.paragraphs[0]._p
    first.getparent().remove(first)
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    return document


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in (("letter", letter()), ("form", form())):
        made.save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    main()
