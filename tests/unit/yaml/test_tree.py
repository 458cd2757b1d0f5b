"""Files become trees of text with lines, or problems with lines; never anything else."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from routing.core.errors import Problems
from routing.law.tables import read_table
from routing.yaml import tree as yaml_tree
from routing.yaml.tree import (
    DEEPEST,
    LARGEST,
    MOST_ITEMS,
    Items,
    Mapping,
    Text,
    plain,
    read_bytes,
    read_file,
    read_text,
    walk,
)


def read(text: str | bytes) -> object:
    return plain(read_bytes(text.encode() if isinstance(text, str) else text, "case.yaml"))


def told(text: str | bytes) -> tuple[str, ...]:
    """The problems of a document, as they are printed."""
    with pytest.raises(Problems) as raised:
        read(text)
    return tuple(str(problem) for problem in raised.value.problems)


@pytest.fixture(params=[yaml_tree._Loader, yaml.SafeLoader], ids=["libyaml", "python"])
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader that is used where the fast one was not built reads the same."""
    monkeypatch.setattr(yaml_tree, "_Loader", request.param)


@pytest.mark.usefixtures("each_loader")
def test_every_scalar_stays_as_it_was_written() -> None:
    written = "a: NO\nb: NA\nc: 12.10\nd: 007\ne: 1e3\nf: 2026-11-24\ng: off\nh: 0x1F\ni: 1_000\nj: 12:30:00\nk: .inf\n"
    assert read(written) == {
        "a": "NO", "b": "NA", "c": "12.10", "d": "007", "e": "1e3", "f": "2026-11-24", "g": "off", "h": "0x1F",
        "i": "1_000", "j": "12:30:00", "k": ".inf",
    }  # fmt: skip


@pytest.mark.usefixtures("each_loader")
def test_every_cell_of_a_table_stays_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("state,article,made\nNO,12.10,no\nNA,007,yes\n")
    assert [cells for _, cells in read_table(file, ("state", "article", "made"))] == [
        ("NO", "12.10", "no"),
        ("NA", "007", "yes"),
    ]


def test_only_a_plain_empty_or_null_value_is_absent() -> None:
    tree = read_bytes(b"a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: none\n", "f")
    assert isinstance(tree, Mapping)
    assert [node.absent for _, node in tree.entries if isinstance(node, Text)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_tree_remembers_its_lines() -> None:
    tree = read_bytes(b"# a remark\ntitle: x\nneeds:\n- a: 1\n\n- b: [p,\n    q]\n", "f")
    assert isinstance(tree, Mapping)
    needs = tree.get("needs")
    assert isinstance(needs, Items)
    assert [name.line for name, _ in tree.entries] == [2, 3]
    assert [node.line for node in needs.values] == [4, 6]
    assert [node.line for node in walk(needs) if isinstance(node, Text)] == [4, 6, 7]
    assert tree.get("absent") is None
    assert tree.keys() == ["title", "needs"]


JSON_CASES = [
    {"a": "NO", "b": [1, 2.5, True, None], "c": {"d": "x: y # z", "e": ""}},
    {"tab": "x\ty", "solidus": "a/b", "backslash": "a\\/b\\\\", "quote": '"', "nel": "a b", "line": "a\nb"},
    {"beyond": "\U0001f600 \U00010348", "accent": "é", "deep": [[[[{"x": []}]]]]},
    [],
    {},
    "word",
]


def as_text(data: object) -> object:
    """What JSON data are as a tree of text."""
    if isinstance(data, dict):
        return {key: as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_text(value) for value in data]
    return data if data is None or isinstance(data, str) else json.dumps(data)


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("data", JSON_CASES)
@pytest.mark.parametrize("indent", [None, 1, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_is_read_like_yaml(data: object, indent: int | str | None, ascii_only: bool) -> None:
    assert read(json.dumps(data, indent=indent, ensure_ascii=ascii_only)) == as_text(data)


@pytest.mark.usefixtures("each_loader")
def test_json_with_tabs_and_escaped_slashes_keeps_its_lines() -> None:
    document = '{\n\t"source":\t"https:\\/\\/example.org\\/x",\n\t"path": "C:\\\\\\/x",\n\t"list": [\n\t\t"a"\n\t]\n}\n'
    assert read(document) == json.loads(document)
    tree = read_bytes(document.encode(), "f")
    assert isinstance(tree, Mapping)
    assert [name.line for name, _ in tree.entries] == [2, 3, 4]


def test_numbers_that_json_allows_and_mathematics_does_not_are_words() -> None:
    assert read('{"a": NaN, "b": 1e400, "c": -Infinity}') == {"a": "NaN", "b": "1e400", "c": "-Infinity"}
    digits = "9" * 100_000
    assert read(f"a: {digits}") == {"a": digits} == read(f'{{"a": {digits}}}')


def test_crlf_and_a_byte_order_mark_change_nothing() -> None:
    written = "a: NO\nb:\n  - x\n  - y\n"
    assert (
        read(written)
        == read(written.replace("\n", "\r\n"))
        == read("\ufeff" + written)
        == read(written.replace("\n", "\r"))
    )


@pytest.mark.parametrize("text", ["", "  \n\n", "# only a remark\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert told(text) == (
        "case.yaml:1: the file is empty (fill it in; `routing new` writes a case to start from)",
    )


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", '{"a": 1,\n "b": 2,\n "a": 3}'])
def test_a_key_given_twice_names_both_lines(text: str) -> None:
    assert told(text) == ("case.yaml:3: `a` is given twice, first on line 1 (keep one of them)",)


def test_every_double_key_is_reported_together() -> None:
    problems = told("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n? [x]\n: 3\n")
    assert [problem.split(" ")[0] for problem in problems] == ["case.yaml:2:", "case.yaml:5:", "case.yaml:6:"]


@pytest.mark.parametrize("text", ["[a, b]: x", "{a: b}: x", "? - a\n: x", "? {}\n: x"])
def test_a_key_that_is_no_word_is_refused(text: str) -> None:
    assert told(text) == ("case.yaml:1: a key must be a word (quote it if it holds punctuation)",)


def test_a_number_as_key_is_a_word() -> None:
    assert read("1: x\n1.50: y\ntrue: z\n") == {"1": "x", "1.50": "y", "true": "z"}


@pytest.mark.parametrize("text", ["a: &x 1", "&x a: 1", "a: *x", "a: &x [1]\nb: *x", "&x\na: 1", "<<: *base"])
def test_anchors_and_aliases_are_refused(text: str) -> None:
    assert "anchors and aliases (`&`, `*`) are not allowed" in told(text)[0]


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    assert told(bomb) == (
        "case.yaml:1: anchors and aliases (`&`, `*`) are not allowed (write the value out, or quote the text)",)  # fmt: skip


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!str", "!x", "!"]
)
def test_tags_are_refused(tag: str) -> None:
    for value in ("[touch x]", "{a: b}", "x"):
        assert told(f"b: 1\na: {tag} {value}")[0].startswith("case.yaml:2: tags (`!`) are not allowed")


def test_a_merge_key_merges_nothing() -> None:
    assert read("<<: {a: 1}\nb: 2") == {"<<": {"a": "1"}, "b": "2"}


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "{}\n---\n{}\n", "a: 1\n--- x\n", "a: 1\n---\n"])
def test_a_second_document_is_refused_where_it_begins(text: str) -> None:
    assert told(text) == ("case.yaml:2: a second document begins here (keep one document in a file)",)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a:\n\tb: 1", 2), ("a: [1\nb: 2", 2), ("a: 1\n b: 2", 2), ("a: 'x", 1), ("a: @x", 1), ("a: 1\n}", 2), ("%YAML 9.9\n---\na: 1", 1), ("a: b: c", 1), ('{"a": 1', 1)],
)  # fmt: skip
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    (problem,) = told(text)
    assert problem.startswith(f"case.yaml:{line}: not readable as YAML: ")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00", b"a: 1\n\xff", "a: 1".encode("utf-16"), b"a: \xed\xa0\x80", bytes(range(256))],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(data: bytes) -> None:
    line = 2 if b"\n\xff" in data or data == bytes(range(256)) else 1
    assert told(data) == (f"case.yaml:{line}: the file is not UTF-8 text (save it as UTF-8)",)


UNSEEN = ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u00ad", "\u061c", "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\uffff", "\U000e0041"]  # fmt: skip


@pytest.mark.parametrize("character", UNSEEN)
def test_characters_that_cannot_be_seen_are_refused_however_they_are_written(character: str) -> None:
    said = f"case.yaml:2: character U+{ord(character):04X} cannot be seen and is not allowed (delete it)"
    assert told(f"a: 1\nb: x{character}y") == (said,)
    assert told(f'a: 1\nb: "x\\U{ord(character):08X}y"') == (said,)
    assert told(f'a: 1\n"x\\U{ord(character):08X}y": b') == (said,)
    assert told('{"a": 1,\n"b": ' + json.dumps(character) + "}")[0] == said


@pytest.mark.parametrize(
    "text", ['a: "\\ud800"', '{"a": "\\ud800"}', '{"a": "\\udc00\\ud800"}', '"\\uDFFF": a']
)
def test_half_a_surrogate_pair_is_refused(text: str) -> None:
    assert told(text)[0].startswith("case.yaml:1: not readable as YAML")


def test_letters_of_every_script_are_read() -> None:
    written = "Ø, ñ, Ж, 中文, العربية, עברית, हिन्दी, 😀, \u00a0, a\u0301"
    assert read(f"a: {written}") == {"a": written}


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000, "- " * 100_000,
     "? " * 100_000, "\n".join(" " * depth + "a:" for depth in range(1_000)), "[{a: " * 50_000],
)  # fmt: skip
def test_a_hundred_thousand_levels_are_refused(text: str) -> None:
    (problem,) = told(text)
    assert "levels deep" in problem or "nesting depth" in problem


def test_the_deepest_nesting_that_is_allowed_is_read() -> None:
    assert read("[" * DEEPEST + "]" * DEEPEST) != []
    assert told("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))[0].endswith(
        "nested more than 24 levels deep (flatten it)"
    )


def test_too_many_values_are_refused_whatever_they_are() -> None:
    for value in ("1", "[]", "{}", "''"):
        assert "more than 100,000 values" in told(f"[{','.join([value] * MOST_ITEMS)}]")[0]
    assert "more than 100,000 values" in told(b"?\n" * (LARGEST // 2))[0]


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(10_000_000)
    with pytest.raises(Problems, match="the file has 10,000,000 bytes; at most 1,000,000 are read") as raised:
        read_file(large)
    assert str(large) in str(raised.value)
    assert told(b"a" * (LARGEST + 1)) == (
        "case.yaml: the file has 1,000,001 bytes; at most 1,000,000 are read (split it or remove what is not needed)",)  # fmt: skip
    assert read(b"a" * LARGEST) == "a" * LARGEST


def test_a_pipe_of_the_shell_is_read_and_bounded() -> None:
    def piped(data: bytes) -> tuple[Path, int, threading.Thread]:
        out, into = os.pipe()

        def write() -> None:
            try:
                with os.fdopen(into, "wb") as file:
                    file.write(data)
            except BrokenPipeError:
                pass

        thread = threading.Thread(target=write)
        thread.start()
        return Path(f"/dev/fd/{out}"), out, thread

    path, out, writer = piped(b"a: NO\n")
    assert plain(read_file(path)) == {"a": "NO"}
    os.close(out)
    writer.join()
    path, out, writer = piped(b"a" * 5_000_000)
    with pytest.raises(Problems, match="the file has 1,000,001 bytes"):
        read_file(path)  # no more than that was taken from it
    os.close(out)
    writer.join()


def test_what_is_no_file_is_told_at_once(tmp_path: Path) -> None:
    pipe, ring, dangling = tmp_path / "pipe", tmp_path / "ring", tmp_path / "dangling"
    os.mkfifo(pipe)
    ring.symlink_to(ring)
    dangling.symlink_to(tmp_path / "nowhere")
    for path, why in (
        (pipe, "it is a pipe"),
        (ring, "too many levels of symbolic links"),
        (dangling, "no such file"),
        (tmp_path, "is a directory"),
        (Path("/dev/zero"), "it is a device"),
    ):
        with pytest.raises(Problems, match=why):
            read_file(path)


def test_what_cannot_be_opened_is_told_in_words(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none.yaml", "no such file or directory"),
        (tmp_path, "is a directory"),
        (Path("a\0b"), "unreadable"),
    ):
        with pytest.raises(Problems, match=why):
            read_file(path)


any_text = st.text(st.characters(codec="utf-8"), max_size=200)
yaml_like = st.text(st.sampled_from(" \n\t-:?[]{},&*!|>'\"%@`#~ab01\\/\r\u2028\u0085<=.x"), max_size=120)


@given(st.one_of(st.binary(max_size=200), any_text.map(str.encode), yaml_like.map(str.encode)))
@example(b"%")
@example(b"? ")
@example(b'"\\UFFFFFFFF"')
@example(b"\xef\xbb\xbf---")
@example(b"a: 1\n...\nb")
def test_any_bytes_end_in_a_tree_or_in_problems(data: bytes) -> None:
    for loader in (yaml_tree._Loader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_tree, "_Loader", loader)
            try:
                tree = read_bytes(data, "any")
            except Problems as problems:
                assert problems.problems and all(problem.file == "any" for problem in problems.problems)
            else:
                for node in walk(tree):
                    assert node.line >= 1
                    assert not (isinstance(node, Text) and yaml_tree.UNPRINTABLE.search(node.value))


visible = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn"]), max_size=20
)
json_data = st.recursive(
    st.none() | st.booleans() | st.integers() | visible,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(visible, inner, max_size=4),
    max_leaves=12,
)


@given(json_data, st.sampled_from([None, 2, "\t"]), st.booleans(), st.booleans())
def test_any_json_is_read_as_what_it_says(
    data: object, indent: int | str | None, ascii_only: bool, slashes: bool
) -> None:
    document = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    if not isinstance(data, (dict, list)):
        return
    if slashes:
        document = document.replace("/", "\\/")
    assert read(document) == as_text(data)


def test_a_fault_of_a_json_file_is_told_in_the_words_of_json() -> None:
    with pytest.raises(Problems) as found:
        read_text('{\n "state": "KEN"\n "needs": []\n}', "case.json")
    problem = found.value.problems[0]
    assert (problem.file, problem.line, problem.message) == (
        "case.json",
        3,
        "not readable as JSON: expecting ',' delimiter",
    )


def test_a_sentence_without_a_name_is_told_with_its_own_line() -> None:
    text = "state: GHA\nThe man will kill her tonight and we want help.\nwith: CAN\n"
    with pytest.raises(Problems) as raised:
        read_text(text, "case.yaml")
    (problem,) = raised.value.problems
    assert problem.line == 2 and "is a sentence, not `name: value`" in problem.message
