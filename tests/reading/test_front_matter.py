"""Front matter: every scalar text, every key with its line, titles to the end of their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.errors import PostSyntaxError
from commentary.reading.front_matter import FrontMatter, read_front_matter


def read(keys: str, body: str = "Body.\n") -> FrontMatter:
    return read_front_matter(f"---\n{keys}\n---\n{body}", path="a.md")


def faults(keys: str) -> list[str]:
    return [f"{f.line} {f.rule}: {f.message}" for f in read(keys).tree.findings]


def test_every_scalar_is_text() -> None:
    keys = "a: no\nb: 12:30\nc: 1e3\nd: 2025-04-30\ne: null\nf: ~2025\ng: [yes, 0x1F]\nh:\ni: '007'"
    assert read(keys).tree.values == {
        "a": "no",
        "b": "12:30",
        "c": "1e3",
        "d": "2025-04-30",
        "e": "null",
        "f": "~2025",
        "g": ["yes", "0x1F"],
        "h": "",
        "i": "007",
    }


def test_every_key_knows_its_line() -> None:
    front = read(
        "title: A\n# a comment\nsource:\n  url: https://a.example\n\n  via:\n    name: B\nlist:\n- x: 1\n- x: 2"
    )
    assert front.tree.lines == {
        "title": 2,
        "source": 4,
        "source.url": 5,
        "source.via": 7,
        "source.via.name": 8,
        "list": 9,
        "list.0": 10,
        "list.0.x": 10,
        "list.1": 11,
        "list.1.x": 11,
    }
    assert (front.body, front.body_line) == ("Body.\n", 13)
    assert front.tree.findings == ()


def test_a_rule_in_the_body_ends_nothing() -> None:
    assert read("a: b", "One.\n\n---\n\nTwo.\n").body == "One.\n\n---\n\nTwo.\n"


def test_a_body_may_be_empty() -> None:
    assert read_front_matter("---\na: b\n---", path="a.md").body == ""


@pytest.mark.parametrize(
    "title",
    [
        "We are #1 here",
        "Seoul: a confession",
        "Who: what: #3",
        "[Video] North",
        "[Video]",
        "{braces} too",
        '"Yes" says Kim',
        '"Yes" # 3',
        "'Tis and 'Twas",
        "* starred",
        "& co",
        "- dash",
        "@handle",
        "`code`",
        "100% | 50%",
        "% of #",
        "ends in a colon:",
        "!important",
        "? why",
        "| pipe",
        ">",
        "|",
        "~",
        "a \\ b: c",
        "it's 5: no",
    ],
)
@pytest.mark.parametrize("key", ["title", "headline", "summary"])
def test_titles_run_to_the_end_of_their_line(key: str, title: str) -> None:
    tree = read(f"source:\n  {key}: {title}\n  url: u\nlist:\n  - {key}: {title}\n{key}: {title}").tree
    assert tree.findings == ()
    assert tree.values == {"source": {key: title, "url": "u"}, "list": [{key: title}], key: title}


@given(st.text(st.characters(blacklist_categories=("C", "Z"), whitelist_characters=" "), min_size=1).map(str.strip))
def test_any_title_is_read_as_typed(title: str) -> None:
    """Whatever is typed is the title, unless it opens a quote or bracket and does not close it."""
    tree = read(f"title: {title}\ndate: d").tree
    if title and not tree.findings and not (title[0] in "\"'" and title[-1] == title[0]):
        assert tree.values == {"title": title, "date": "d"}
    elif tree.findings:
        assert title[0] in "\"'[{"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a: b"', "a: b"),
        ("'it''s'", "it's"),
        ('"a \\"b\\" \\u2019"', 'a "b" ’'),
        (">-\n  one\n  two: # 2", "one two: # 2"),
    ],
)
def test_quoted_and_block_values_are_left_to_yaml(written: str, value: str) -> None:
    assert read(f"title: {written}\ndate: d").tree.values == {"title": value, "date": "d"}


def test_a_block_scalar_that_looks_like_keys_is_kept() -> None:
    tree = read("note: |\n  title: a: b # c\n  <<x\ntitle: a: b").tree
    assert tree.values == {"note": "title: a: b # c\n<<x\n", "title": "a: b"}


def test_braces_over_several_lines_are_left_to_yaml() -> None:
    tree = read('source: {\n  headline: "A: b",\n  via: {name: x},\n  url: u,\n}\ntitle: A: b').tree
    assert tree.values == {"source": {"headline": "A: b", "via": {"name": "x"}, "url": "u"}, "title": "A: b"}


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ('title: "abc', '2 front-matter: title opens " and'),
        ("title: 'abc", "2 front-matter: title opens ' and"),
        ("title: [Video North", "2 front-matter: title opens [ and"),
        ("title: {Video [North]", "2 front-matter: title opens { and"),
        ("title: one\n  two", "2 front-matter: title goes on in the next line"),
        ("agency: one\n  two", "2 front-matter: agency goes on in the next line"),
        ("a: b\nagency: Reuters # 5", "3 comment-in-value: agency: YAML drops"),
        ("agency: #5", '2 comment-in-value: agency: YAML drops what follows `#`; put the value in quotes: "#5"'),
        ("l: [a, b]\nm:\n- c # d", "4 comment-in-value: m.0: YAML"),
        (
            "byline:\n- A. B. # C.",
            '3 comment-in-value: byline.0: YAML drops what follows `#`; put the value in quotes: "A. B. # C."',
        ),
        *(
            (f"{key}: x # y", f"2 comment-in-value: {key}: YAML drops what follows `#`; take it out, or put it on a")
            for key in ("translation", "status", "date", "url", "source", "lang", "slug", "story")
        ),
        ("a: b\nc: d\na: e", "4 repeated-key: a stands on line 2 already"),
        ("s:\n  a: b\n  a: e", "4 repeated-key: s.a stands on line 3 already"),
        ("a: &x b", "2 front-matter: a: &x is a YAML anchor"),
        ("a: b\nc: *x", "3 front-matter: c: *x is a YAML alias"),
        ("a: !!int 5", "2 front-matter: a: !!int is a YAML tag"),
        ("a: !x 5", "2 front-matter: a: !x is a YAML tag"),
        ("? [a]\n: b", "2 front-matter: a key must be one plain word"),
        ("? a\n  b\n: c", "2 front-matter: a key must be one plain word"),
        ("&x a: b", "2 front-matter: a key must be one plain word"),
        ("a: b\n\tc: d", "3 front-matter: a tab stands where"),
        ("\ta: b", "2 front-matter: a tab stands where"),
        ("a: b: c", "2 front-matter: a `: ` stands where"),
        ("a: b\nc:d\ne: f", "3 front-matter: there is no space after `c:`"),
        ("a: b\njust words\nc: d", "3 front-matter: the line is no `key: value`"),
        ("just words", "2 front-matter: here stand no `key: value` lines"),
        ("- a\n- b", "2 front-matter: here stand no `key: value` lines"),
        ("a: [b\nc: d", "2 front-matter: the list that [ begins"),
        ("a: {b: c\nd: e", "2 front-matter: the mapping that { begins"),
        ('a: "b\nc: d', "2 front-matter: a quote is opened"),
        ('a: "\\q"', "2 front-matter: a backslash stands"),
        ('a: "\\x07"', "2 front-matter: a holds an escape for U+0007"),
        ('title: "a\\0"', "2 front-matter: title holds an escape for U+0000"),
        ("a: 'b' c\nd: e", "2 front-matter: the line fits neither"),
        ("a:\n  b: c\n d: e", "4 front-matter: the line fits neither"),
        ("- a\nb: c", "2 front-matter: here stand no"),
        ("a: - b", "2 front-matter: a list begins on the line of its key"),
        ("a: @b", "2 front-matter: the value begins with @"),
        ("a: %b", "2 front-matter: the value begins with %"),
        ("a: ,b", "2 front-matter: the value begins with a character"),
        ("a: b\n...\nc: d", "4 front-matter: `...` or `%`"),
        ("%YAML 1.2\na: b", "3 front-matter: `...` or `%`"),
        ("a: " + "[" * 10_000, "2 front-matter: values are nested more than 12 deep"),
    ],
)
def test_each_fault_is_named_at_its_line(keys: str, fault: str) -> None:
    found = faults(keys)
    assert found
    assert found[0].startswith(fault)
    assert len(found) == 1
    assert "; " in found[0]


def test_an_alias_of_itself_ends() -> None:
    assert [f.split(":")[0] for f in faults("a: &a [*a]")] == ["2 front-matter", "2 front-matter"]


def test_a_comment_on_its_own_line_or_after_a_list_is_no_fault() -> None:
    assert read("# one\na: [b] # two\nc: 'd' # three\ne: # four\n  f: g\nurl: https://x.example/#5").tree.findings == ()


def test_what_is_repeated_keeps_its_first_value() -> None:
    assert read("a: b\na: c").tree.values == {"a": "b"}


def test_a_broken_title_hides_no_other_fault() -> None:
    assert [f[:2] for f in faults('title: "abc\n  def\nb: c # d\nsummary: |\n  kept: # 1\nb: e')] == ["2 ", "4 ", "7 "]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
        ("title: A\n\nBody.\n", "the file begins with no `---`"),
        ("\n---\ntitle: A\n---\n", "the file begins with no `---`"),
        ("---\ntitle: A\n\nBody.\n", "the keys that begin here are never closed"),
    ],
)
def test_without_front_matter_nothing_is_read(text: str, message: str) -> None:
    with pytest.raises(PostSyntaxError) as caught:
        read_front_matter(text, path="a.md")
    assert str(caught.value).startswith(f"a.md:1: error front-matter: {message}")
