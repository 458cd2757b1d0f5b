"""How the program and its rules speak: no phrase to avoid, no sentence too long. docs/style.md says why."""

from __future__ import annotations

import ast
import re
import tokenize
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

import routing
from routing.rulebook.parse.sources import Source, read_sources
from routing.rulebook.validate.style import Style, faults, style_of, style_problems

PACKAGE = Path(routing.__file__).parent
RULES = ROOT / "rules"


@cache
def sources() -> tuple[Source, ...]:
    return read_sources(RULES)[0]


@cache
def style() -> Style:
    return style_of(sources())


def test_the_rules_keep_to_their_style() -> None:
    assert style().most_words <= 40 and len(style().avoid) >= 20
    assert [str(problem) for problem in style_problems(sources())] == []


@cache
def messages(path: Path) -> list[tuple[int, str]]:
    """The strings of a module that people may read; docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    docs |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
            found.append((node.lineno, "".join(map(str, parts))))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            found.append((node.lineno, node.value))
    return [(line, text) for line, text in found if " " in text.strip()]


def test_the_messages_of_the_program_keep_to_it() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line}: {said}: {text[:80]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, text in messages(path)
        for said, _, id in faults(text, Style(avoid=style().avoid, but=style().but))
        if id == "style.phrase"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("The offence is no crime there.", "style.phrase"),
        ("It HANGS ON the treaty.", "style.phrase"),
        (" ".join(["word"] * 41) + ".", "style.long-sentence"),
        ("One. Two. Three. Four.", "style.many-sentences"),
    ],
)
def test_a_fault_is_found(text: str, id: str) -> None:
    assert [found for _, _, found in faults(text, style())] == [id]


@pytest.mark.parametrize(
    "text", ["There is no treaty.", "It is no longer valid.", "It is not a crime there."]
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert list(faults(text, style())) == []


@given(st.lists(st.sampled_from(["ask", "the", "court", "today"]), min_size=1, max_size=90))
def test_a_sentence_is_too_long_exactly_beyond_the_bound(words: list[str]) -> None:
    found = [id for _, _, id in faults(" ".join(words), style())]
    assert (found == ["style.long-sentence"]) == (len(words) > style().most_words)


def test_every_better_phrase_of_the_page_is_itself_plain() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \|$", (ROOT / "docs" / "style.md").read_text(encoding="utf-8"), re.M
    )
    better = [row[1] for row in rows if row[0] not in ("Bad", "---")]
    assert len(better) >= 15
    assert [text for text in better for _ in faults(text, style())] == []


VAGUE = frozenset({"found", "one", "ones", "laid", "taken", "stuff", "tmp", "foo"})


SPEECH = frozenset({"said", "told", "known", "other"})
"""Names that do not say what somebody said, was told or knows, or which the second of a pair is."""
SPOKEN_PLAINLY = (
    *(
        "opened.py",
        "json_schema.py",
        "testing.py",
        "yaml",
        "law",
        "rulebook",
        "case",
        "story",
        "plan",
        "core",
        "evaluate",
    ),
    *("proof", "phrasing", "analyse", "look_ups", "explain", "papers", "receipt", "batch", "verify"),
    *("model", "library", "world", "serve", "cli", "render"),
)
"""Where each such thing has its term: statement, narrative, discourse, readings, tokens, note, message."""
PUBLIC = frozenset({("library/router.py", "told"), ("serve/asked.py", "said"), ("core/errors.py", "said")})
"""What programs outside call by such a name, which therefore stays: docs/stability.md."""


DUNDER = re.compile(r"__\w+__").fullmatch


@cache
def names(path: Path) -> list[tuple[int, str]]:
    """What a module gives a name: its functions, classes, parameters, variables, fields and imports. The second
    operand of what Python calls itself, as `__eq__`, has the name that every reader of Python expects."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    operators = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and DUNDER(node.name)]
    operands = {id(arg) for node in operators for arg in node.args.args}
    named = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            named.append((node.lineno, node.name))
        elif isinstance(node, ast.arg) and id(node) not in operands:
            named.append((node.lineno, node.arg))
        elif isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Store):
            named.append((node.lineno, node.id if isinstance(node, ast.Name) else node.attr))
        elif isinstance(node, ast.alias) and node.asname:
            named.append((node.lineno, node.asname))
    return named


def test_a_name_says_what_a_thing_is() -> None:
    vague = [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, name in [*names(path), (1, path.stem)]
        if name.strip("_").lower() in VAGUE
    ]
    assert not vague, f"{len(vague)} names say nothing, such as {vague[:5]}"


def test_what_is_said_has_a_name_of_its_own() -> None:
    """What a case says of its facts is stated; what its sentences tell is the narrative, and what those of a
    story do, the discourse; a text is a text, its words are tokens, what a person reads a note or a message.
    The other State is the partner; the second of a pair has the name of what it is beside the first: longer,
    stronger, earlier, opposite."""
    places = (PACKAGE / place for place in SPOKEN_PLAINLY)
    paths = [
        path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))
    ]
    vague = [
        f"{file}:{line}: {name}"
        for path in paths
        for file in [path.relative_to(PACKAGE).as_posix()]
        for line, name in [*names(path), (1, path.stem)]
        if name.strip("_").lower() in SPEECH and (file, name) not in PUBLIC
    ]
    assert len(paths) > 350 and not vague, f"{len(vague)} names say nothing, such as {vague[:5]}"


# A name for each type

FACES = frozenset({"Interview", "Option", "Question", "Router"})
"""What programs outside and the records behind it call alike, as cases, plans and their public models."""


def test_no_two_types_have_one_name() -> None:
    """One word for one thing. A record and the public model of it are one thing: plan/ and case/ beside model/."""
    places: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                kind = "record or model" if room in ("case", "plan", "model") else path.as_posix()
                places.setdefault(node.name, set()).add(kind)
    assert len(places) > 400
    assert {name for name, where in places.items() if len(where) > 1} == FACES


EXCEPTION = re.compile(r"\b(?:type: ignore|noqa|pyright:|fmt: (?:off|skip)|pragma:)")
WITH_REASON = re.compile(r"# (?:type: ignore\[[\w-]+\] #|noqa: [A-Z]+\d+ -) \w+(?: \S+){2,}")


def comments(path: Path) -> list[tuple[int, str]]:
    with path.open("rb") as file:
        tokens = [*tokenize.tokenize(file.readline)]
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_an_exception_from_a_check_names_what_it_is_from_and_why() -> None:
    exceptions = [
        f"{path.relative_to(PACKAGE)}:{line}: {comment}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, comment in comments(path)
        if EXCEPTION.search(comment)
    ]
    assert [it for it in exceptions if not WITH_REASON.search(it)] == [] and len(exceptions) <= 6
    elsewhere = [
        f"{path.relative_to(ROOT)}:{line}: {comment}"
        for folder in ("tests", "devtools", "benchmarks", "tools", "examples")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, comment in comments(path)
        if "noqa" in comment
    ]
    assert [it for it in elsewhere if not WITH_REASON.search(it)] == []


def test_what_ruff_overlooks_in_a_folder_is_one_check_and_its_reason_stands_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    overlooked = tomllib.loads(text)["tool"]["ruff"]["lint"]["per-file-ignores"]
    assert overlooked == {"tests/**": ["E501"]}
    assert re.search(r'^"tests/\*\*" = \["E501"\] # \w+(?: \S+){5,}$', text, re.MULTILINE)
    ignored = re.search(r"^ignore = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert ignored is not None and ignored[1].startswith('    "N818", # ')


DONE_BY = frozenset(
    [
        "ask",
        "end",
        "explain",
        "hand",
        "keep",
        "lay",
        "note",
        "print",
        "refuse",
        "run",
        "say",
        "show",
        "take",
        "tell",
        "write",
        "correct",
    ]
)


def test_what_a_command_does_is_named_by_a_verb() -> None:
    """What gives nothing back does something: `print_parties`, not `parties_text`."""
    nouns = [
        f"cli/{path.name}:{node.lineno}: {node.name}"
        for path in sorted((PACKAGE / "cli").glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "None"
        if not any(
            ".command(" in ast.unparse(it) or ".group(" in ast.unparse(it) for it in node.decorator_list
        )
        if node.name.strip("_").split("_")[0] not in DONE_BY
    ]
    assert nouns == []


MAKE_SENTENCES = ("phrasing", "explain", "render", "model")
"""The rooms that are there for it; any other has none, but in the modules that docs/style.md names."""
NO_SENTENCE = ("core", "yaml", "meaning", "law", "rulebook", "evaluate", "proof", "look_ups", "library")
WHOLE = re.compile(r"\s*[A-Z][a-z]*(?:[ ,]+(?!\|)\S+){3,}")
"""How a sentence begins; a fault is told in small letters, and a part of a sentence has no beginning."""
FROM_A_VARIABLE = re.compile(r"\s*\0.*\b[a-z]{2,} .*[a-z\0)][.?!]\s*", re.DOTALL)
"""One whose beginning is put in: it has words, and it ends."""


def sentences(text: str) -> list[str]:
    """The sentences, or the headings of as many words, that a module makes, with `\\0` where something is put in;
    without docstrings and what an option or a field says of itself."""
    tree = ast.parse(text)
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("help", "description"):
            aside |= {id(part) for part in ast.walk(node.value)}
        elif isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in node.values}
    made = []
    for node in ast.walk(tree):
        if id(node) in aside:
            continue
        if isinstance(node, ast.JoinedStr):
            made.append(
                "".join(str(it.value) if isinstance(it, ast.Constant) else "\0" for it in node.values)
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            made.append(node.value)
    return [text for text in made if WHOLE.match(text) or FROM_A_VARIABLE.fullmatch(text)]


def test_sentences_are_made_where_the_page_says() -> None:
    page = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
    where = page.partition("## Where sentences are made")[2].partition("##")[0]
    table = "\n".join(line for line in where.splitlines() if line.startswith("|"))
    named = set(re.findall(r"`routing/([\w/]+\.py)`", table))
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    made = {
        path.relative_to(PACKAGE).as_posix()
        for room in rooms - set(MAKE_SENTENCES)
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if sentences(path.read_text(encoding="utf-8"))
    }
    assert made == named
    assert all(f"`{room}`" in where for room in NO_SENTENCE)
    assert not [file for file in named if file.split("/")[0] in NO_SENTENCE]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('x = "Ask the court of that State."', True),
        ('x = f"Ask {who} about it today"', True),
        ('x = f"{name} binds both States."', True),
        ('x = f"{name} is {what} and {why}"', False),  # a part of one
        ('x = f"`{name}` is not a fact"', False),  # a fault
        ('x = f"{file}:{line}"', False),
        ('option("--x", help="Ask the court of that State.")', False),
        ('def f(x: "Path | str | None") -> None: ...', False),
    ],
)
def test_a_sentence_is_seen_where_it_is_made(text: str, is_one: bool) -> None:
    assert bool(sentences(text)) is is_one


WAITS = {"packaging/test_privacy.py"}
"""Where a test looks again until another process has done what it waits for."""


def test_no_test_measures_time() -> None:
    """docs/contributing.md."""
    timed = {
        path.relative_to(ROOT / "tests").as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if CLOCK.fullmatch(ast.unparse(node.func))
    }
    assert timed <= WAITS


CLOCK = re.compile(
    r"time\.(?:time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|process_time|sleep)"
    r"|(?:datetime\.)?(?:date\.today|datetime\.(?:now|utcnow|today))"
)


def test_the_program_asks_for_the_day_in_one_place() -> None:
    """There the tests set theirs, so that no test depends on the day on which it is run."""
    asking = {
        f"{path.relative_to(PACKAGE)}: {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and OF_THE_DAY.fullmatch(ast.unparse(node))
    }
    assert asking == {"core/answer_date.py: date.today"}


OF_THE_DAY = re.compile(r"(?:datetime\.)?(?:date\.today|datetime\.(?:now|utcnow|today))")


@pytest.mark.parametrize(
    "call", ["time.time", "time.sleep", "date.today", "datetime.date.today", "datetime.now"]
)
def test_a_clock_is_known_as_one(call: str) -> None:
    assert CLOCK.fullmatch(call) and not CLOCK.fullmatch(f"{call}_of_the_case")


def test_no_test_or_helper_imports_a_test() -> None:
    """What several need stands in tests/support."""
    borrowed = {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for folder in ("tests", "devtools", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [it.name for it in node.names]
        )
        if name.rpartition(".")[2].startswith("test_")
    }
    assert borrowed == set()


LONGEST_MODULE = 400
"""lines"""


def test_no_module_is_long() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in sorted(PACKAGE.rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}
