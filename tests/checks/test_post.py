"""Every rule of one post: a post that breaks exactly it, and one that keeps it."""

from __future__ import annotations

from datetime import datetime

import pytest

from commentary import checks
from commentary.dates import PartialDate
from commentary.findings import Finding, found
from commentary.model import Correction, Paragraph, Run
from commentary.syntax.remark import render_remarks
from tests.factories import (
    NOW,
    REPOSITORY,
    ZONE,
    make_corpus,
    make_excerpt,
    make_ledger,
    make_post,
    make_remark,
    make_source,
)

PATH = "content/posts/2025/2025-04-30-tariff-pause.md"
DAY_BEFORE = datetime(2025, 4, 29, 12, tzinfo=ZONE)
SAME_DAY = datetime(2025, 4, 30, 0, tzinfo=ZONE)


def rules(findings: list[Finding]) -> list[str]:
    """The rules that were breached, and a place for each."""
    assert all(f.path.endswith(".md") and f.line > 0 for f in findings)
    return [f.rule for f in findings]


def findings_of(**changes: object) -> list[Finding]:
    """What the checks find in one post, valid but for `changes`."""
    post = make_post(**changes)
    return checks.run(make_corpus(post, now=NOW), make_ledger(post), max_share=1, root=REPOSITORY)


def quoting(text: str, **changes: object) -> list[Finding]:
    """What they find in a post whose excerpt is `text`, with a remark that outweighs it."""
    return findings_of(parts=(make_remark("word " * 40), make_excerpt(text, **changes)))


def test_a_valid_post_breaches_nothing() -> None:
    assert findings_of() == []


def test_a_source_newer_than_the_post_is_found() -> None:
    source = make_source(published=PartialDate(2025, 5, 1))

    assert findings_of(sources=(source,)) == [
        found(
            PATH,
            9,
            "source-newer-than-post",
            "the source was published 2025-05-01, after the post's own date 2025-04-30; correct one of the two",
        )
    ]


@pytest.mark.parametrize("published", ["2025", "2025-04", "2025-04-30", "~2025-04-30", None])
def test_a_source_that_may_be_older_is_not_newer(published: str | None) -> None:
    """A partial date is newer only if its first day is."""
    assert findings_of(sources=(make_source(published=published),)) == []


@pytest.mark.parametrize("name", ["2026-04-30-tariff-pause.md", "2025-05-03.md", "2025-04-27-a.md"])
def test_a_date_far_from_the_file_names_is_found(name: str) -> None:
    path = f"content/posts/{name}"

    assert findings_of(path=path) == [
        found(
            path,
            3,
            "two-dates",
            f"the file's name says {name[:10]}, and the address that the post keeps for ever "
            "/2025/04/30/tariff-pause/; correct `date`, or rename the file",
        )
    ]


@pytest.mark.parametrize(
    "name", ["2025-05-02-a.md", "2025-04-28-a.md", "tariff-pause.md", "2025-02-30-a.md", "20260430-a.md", "1984.md"]
)
def test_a_name_without_date_or_with_one_near_agrees(name: str) -> None:
    assert findings_of(path=f"content/posts/2026/{name}") == []


@pytest.mark.parametrize("parts", [(make_excerpt(),), (make_remark(" "), make_excerpt())])
def test_a_post_without_remark_is_found(parts: tuple[object, ...]) -> None:
    assert findings_of(parts=parts) == [
        found(PATH, 11, "no-remark", "the post has no remark; write your own words before or after the excerpt")
    ]


def test_a_post_without_excerpt_is_found() -> None:
    assert findings_of(parts=(make_remark(),)) == [
        found(
            PATH,
            11,
            "no-excerpt",
            "the post quotes nothing; begin the quoted lines with `>`, or add `allow: no-excerpt`",
        )
    ]


def test_an_excerpt_over_three_times_the_remark_is_found() -> None:
    findings = findings_of(parts=(make_remark("two words"), make_excerpt("one two three four five six seven")))

    assert findings == [
        found(
            PATH,
            12,
            "excerpt-outweighs-remark",
            "quoted words outnumber ours 7 to 2, more than 3 to 1; cut the excerpt with […], or say more",
        )
    ]


@pytest.mark.parametrize(
    "excerpt",
    [
        make_excerpt("one two three four five six"),
        make_excerpt("one two three four five six […] [the editor’s own]"),
        make_excerpt("통일부는 어제 밝혔다 오늘"),
        make_excerpt(
            paragraphs=(
                Paragraph(runs=(Run(kind="quoted", text="a caption of many more words than six"),), caption=True),
            )
        ),
    ],
)
def test_an_excerpt_of_three_times_the_remark_is_not_too_long(excerpt: object) -> None:
    """Marks and captions are not counted; two Korean characters are a word."""
    assert findings_of(parts=(make_remark("two words"), excerpt)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"corrections": (Correction(date=DAY_BEFORE, note="A name was misspelt."),)},
            "the correction is dated 2025-04-29, before the post's own date 2025-04-30; correct one of the two",
        ),
        (
            {"updated": DAY_BEFORE},
            "updated is 2025-04-29, before the post's own date 2025-04-30; correct one of the two",
        ),
    ],
)
def test_a_correction_before_the_post_is_found(changes: dict[str, object], message: str) -> None:
    assert findings_of(**changes) == [found(PATH, 1, "correction-before-post", message)]


def test_a_correction_on_the_day_of_the_post_is_not_before_it() -> None:
    """A correction of the same day may be dated without a time, hours before the post's own."""
    correction = Correction(date=SAME_DAY, note="A name was misspelt.")

    assert findings_of(corrections=(correction,), updated=SAME_DAY) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("“We will, he said.", "“"),
        ("We will,” he said.", "”"),
        ("We will,” he said. “So there", "”"),
        ("“We “will”, he said.", "“"),
        ('"We will, he said.', '"'),
        ("«Oui.", "«"),
        ("「はい", "「"),
        ("「『はい」", "『"),
        ("„Ja, sagte er.", "“"),
    ],
)
def test_an_odd_quotation_mark_is_found(text: str, mark: str) -> None:
    message = (
        f"the excerpt has a {mark} without its counterpart; compare it with the source, "
        "or add `allow: unbalanced-quotes`"
    )

    assert quoting(text) == [found(PATH, 12, "unbalanced-quotes", message)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will,” he said, “and the minister’s ‘pause’ won’t.”",
        "“The first paragraph of a long quotation.\n\n“The second, and the last.”",
        '"The first paragraph.\n\n"The second, and the last."',
        "“The first paragraph.\n\nThe second, and the last.”",
        "“He said “no” twice.”",
        "« Oui », dit-il.",
        "»Ja«, sagte er.",
        "„Ja“, sagte er. „Nein“.",
        "„Tak”, powiedział.",
        "”Ja”, sade han.",
        "「『はい』と言った」",
        "no quotation at all, only the editors’ apostrophes",
    ],
)
def test_quotation_marks_in_pairs_are_balanced(text: str) -> None:
    assert quoting(text) == []


def test_the_original_beside_a_translation_is_balanced_too() -> None:
    original = (Paragraph(runs=(Run(kind="quoted", text="“한다"),)),)

    assert rules(quoting("he does", original=original)) == ["unbalanced-quotes"]


def test_allow_cannot_excuse_what_cannot_be_built() -> None:
    assert findings_of(allow=("bad-value", "no-remark")) == [
        found(
            PATH,
            1,
            "unknown-rule",
            "no post can be excused from bad-value; mend what it names and take bad-value out of allow",
        )
    ]


def of_remark(text: str) -> list[Finding]:
    """What they find in a post whose remark is typed so."""
    (blocks,) = render_remarks([text])
    return findings_of(parts=(make_remark("word " * 40, html="\n".join(blocks), line=12), make_excerpt()))


@pytest.mark.parametrize(
    "text",
    [
        "[the *notice*](htps://a.example/)",
        '[the *notice*](//[host]/ "A title")',
        "[the *notice*](javascript:alert(1))",
        '<a href="data:text/html,x">the notice</a>',
        "![the notice](ftp://a.example/a.png)",
    ],
)
def test_a_link_that_nobody_could_follow_is_named(text: str) -> None:
    assert of_remark(f"See {text}, and [more](https://a.example/).") == [
        found(
            PATH,
            12,
            "link-without-address",
            "the link “the notice” leads nowhere, for nobody could follow its address; correct it, or leave the words "
            "without a link",
        )
    ]


@pytest.mark.parametrize(
    "address", ["https://a.example/", "http://a.example", "mailto:a@b.example", "/topics/", "../x/", "#q1", "?q=1"]
)
def test_a_link_with_an_address_is_not_named(address: str) -> None:
    assert of_remark(f"See [the notice]({address}).") == []


def test_a_reference_without_its_note_is_named() -> None:
    assert of_remark("So it was said.[^1] And so.[^2]\n\n[^1]: On Monday, and again on the day after.") == [
        found(
            PATH,
            12,
            "footnote",
            "[^2] has no note; write one on a line of its own, `[^2]: …`, or delete [^2]",
        )
    ]


def test_a_note_that_nothing_refers_to_is_named() -> None:
    assert of_remark("So it was said.[^1]\n\n[^l]: On *Monday*, and on the day after.\n[^1]: On Tuesday.") == [
        found(
            PATH,
            12,
            "footnote",
            "nothing refers to the note “On Monday, and on the day after.”; put its label, such as [^1], where it belongs",
        )
    ]


def test_a_note_in_another_remark_than_its_reference_is_found() -> None:
    texts = render_remarks(["So it was said.[^1]", "And so.\n\n[^1]: On Monday."], name="post")
    remarks = (make_remark("word " * 40, html="\n".join(blocks), line=12) for blocks in texts)

    assert findings_of(parts=(*remarks, make_excerpt())) == []


@pytest.mark.parametrize("text", ["So.[^1]\n\n[^1]: A note.", "It holds `[^1]`.", "`[^1]: a note`", "[1]: a note"])
def test_footnotes_in_pairs_and_what_only_looks_like_one_are_not_named(text: str) -> None:
    assert of_remark(text) == []
