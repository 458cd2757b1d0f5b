"""Write the DOCX templates of papers anew: `python tools/document_templates.py [FOLDER]`.

They are made once and then edited in a word processor; run this only to begin again from the plain ones.
Needs the extra `papers`. FOLDER: by default `rules/documents/templates`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FOLDER = Path(__file__).resolve().parents[1] / "rules" / "documents" / "templates"
RED, GREY = RGBColor(0xA0, 0, 0), RGBColor(0x55, 0x55, 0x55)


def field(paragraph: Any, code: str) -> None:
    """A field of the word processor, as PAGE."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def begun() -> Any:
    """A document with the head and the foot of every page, and the sheet for the officer."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2"):
        document.styles[name].font.name = "Arial"
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    document.styles["Title"].font.size = Pt(18)
    page = document.sections[0]
    head = page.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("{{ notice }}")
    run.bold, run.font.color.rgb = True, RED
    foot = page.footer.paragraphs[0]
    foot.add_run("{{ foot }}  Page ").font.size = Pt(8)
    field(foot, "PAGE")
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
    document.add_page_break()
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph().add_run("{{ face }}").bold = True
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
    document.add_paragraph(heading, style="Heading 1")
    document.add_paragraph("{%p for item in " + name + " %}")
    paragraph = document.add_paragraph()
    paragraph.add_run("{{ item.name }}: ").bold = True
    paragraph.add_run("{{ item.text }}")
    document.add_paragraph("{%p endfor %}")


def section_head(document: Any) -> None:
    document.add_paragraph("{{ part.heading }}", style="Heading 2")
    document.add_paragraph("{%p if part.remark %}")
    run = document.add_paragraph().add_run("{{ part.remark }}")
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
    document.add_page_break()
    listed(document, "origins", "Where the values are from")
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
    table.columns[0].width, table.columns[1].width = Cm(5), Cm(11)
    for cells in table.rows:
        cells.cells[0].width, cells.cells[1].width = Cm(5), Cm(11)
    table.cell(0, 0).text = "{%tr for row in part.rows %}"
    table.cell(1, 0).paragraphs[0].add_run("{{ row.name }}").bold = True
    values = table.cell(1, 1)
    lines(values.add_paragraph)
    first = values.paragraphs[0]._p
    first.getparent().remove(first)
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_page_break()
    listed(document, "origins", "Where the values are from")
    return document


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in (("letter", letter()), ("form", form())):
        made.save(str(folder / f"{name}.docx"))


if __name__ == "__main__":
    main()
