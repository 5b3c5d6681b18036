"""A file's text becomes a post, or fails with all that is wrong with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.errors import PostSyntaxError
from commentary.reading.parse import parse_document, parse_post
from tests.factories import POST, ZONE, make_vocabulary

if TYPE_CHECKING:
    from commentary.findings import Finding
    from commentary.model import Post

PATH = "content/posts/2025/2025-04-30-tariff-pause.md"


def parse(text: str = POST, path: str = PATH) -> Post:
    return parse_post(text, path=path, zone=ZONE)


def faults(text: str, path: str = PATH) -> list[str]:
    with pytest.raises(PostSyntaxError) as caught:
        parse(text, path)
    assert all(f.path == path for f in caught.value.findings)
    return [f"{f.line} {f.rule}" for f in caught.value.findings]


def test_a_post_has_its_keys_its_parts_and_its_lines() -> None:
    post = parse()
    assert post.path == PATH
    assert (post.slug, post.permalink) == ("tariff-pause", "/2025/04/30/tariff-pause/")
    assert [part.kind for part in post.parts] == ["remark", "excerpt", "remark"]
    assert [part.line for part in post.parts] == [11, 13, 15]
    assert (post.lines["source.url"], post.lines["body"]) == (7, 11)


@pytest.mark.parametrize(
    "text", ["\ufeff" + POST, POST.replace("\n", "\r\n"), POST.rstrip("\n")], ids=["mark", "CRLF", "no end"]
)
def test_marks_and_line_ends_make_no_difference(text: str) -> None:
    assert parse(text) == parse()


def test_the_file_name_gives_slug_and_date() -> None:
    text = POST.replace("date: 2025-04-30 09:00\n", "")
    post = parse(text, "content/posts/2025-03-01-한국-news.md")
    assert (post.slug, post.posted) == ("한국-news", datetime(2025, 3, 1, 12, tzinfo=ZONE))


def test_what_the_keys_say_wins_over_the_file_name() -> None:
    post = parse(POST.replace("title:", "slug: other\ntitle:"), "content/posts/2025-03-01 not a slug.md")
    assert (post.slug, post.posted) == ("other", datetime(2025, 4, 30, 9, tzinfo=ZONE))


def test_footnotes_of_posts_and_pages_have_addresses_of_their_own() -> None:
    text = "A note.[^1]\n\n[^1]: Here.\n"
    post = parse(f"{POST}\n{text}")
    page = parse_document(f"---\ntitle: About\n---\n{text}", path="content/pages/about.md")

    assert 'id="note-2025-04-30-tariff-pause-1"' in post.remarks[-1].html
    assert 'id="note-about-1"' in page.html


def test_a_post_needs_a_date() -> None:
    text = POST.replace("date: 2025-04-30 09:00\n", "")
    assert faults(text, "content/posts/tariff-pause.md") == ["1 no-date"]
    assert faults(text, "content/posts/2025-02-31-tariff-pause.md") == ["1 bad-value"]
    assert parse(POST, "content/posts/tariff-pause.md").slug == "tariff-pause"


def test_a_file_name_that_is_no_slug_is_refused() -> None:
    assert faults(POST, "content/posts/2025-04-30-a b.md") == ["1 bad-value"]


def test_faults_of_front_matter_and_body_come_together() -> None:
    text = POST.replace("trade", "[a]").replace("title:", "titel:").replace("\n\nSo", "\nSo")
    assert faults(text) == ["2 unknown-key", "4 bad-value", "14 unquoted-line"]


def test_a_fault_of_yaml_hides_no_fault_of_the_body() -> None:
    assert faults(POST.replace("topics: [", "topics: @").replace("\n\nSo", "\nSo")) == [
        "4 front-matter",
        "14 unquoted-line",
    ]


def test_attributions_are_not_judged_while_nobody_knows_the_sources() -> None:
    quoted = POST.replace("said. […]", "said. […]\n>\n> — The Courier")
    assert faults(quoted) == ["15 attribution"]
    assert faults(quoted.replace("title: The", "title: ''\nby: The")) == [
        "2 bad-value",
        "3 unknown-key",
        "16 attribution",
    ]
    assert faults(quoted.replace("url: https", "url: ttps")) == ["7 bad-value"]


def test_an_attribution_may_name_the_publication_that_the_host_gives() -> None:
    text = POST.replace("  publication: The Herald\n", "").replace("said. […]", "said. […]\n>\n> — The Herald")
    post = parse_post(text, path=PATH, zone=ZONE, vocabulary=make_vocabulary())
    assert [source.publication for source in post.sources] == [None]
    assert faults(text) == ["14 attribution"]


def test_the_digest_follows_what_was_read() -> None:
    post = parse()
    assert parse(POST + " ").digest != post.digest
    assert parse(POST, PATH.replace("pause", "end")).digest != post.digest
    assert parse(POST, PATH.replace("2025/", "elsewhere/")).digest == post.digest


@given(st.text() | st.text(alphabet="-:#[]{}&*!|>'\"%@` \n\tab?,\\.—").map(lambda t: f"---\n{t}\n---\n> {t}\n"))
def test_nothing_but_findings_ever_comes_of_any_text(text: str) -> None:
    findings: tuple[Finding, ...] = ()
    try:
        parse(text)
    except PostSyntaxError as refusal:
        findings = refusal.findings
    lines = text.count("\n") + text.count("\r") + 1
    assert all("\n" not in str(f) and 1 <= f.line <= lines for f in findings)


def test_a_document_has_a_title_and_prose() -> None:
    page = parse_document("---\ntitle: About: us\nlang: en\n---\n# Hello\n\n> Quoted.\n", path="content/pages/about.md")
    assert (page.slug, page.title, page.lang, page.summary) == ("about", "About: us", "en", None)
    assert "<blockquote>" in page.html


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("---\nslug: x\n---\n", "1 missing-key"),
        ("---\ntitle: A\ntopics: x\n---\n", "3 unknown-key"),
        ("---\ntitle: A\nslug: ..\n---\n", "3 bad-value"),
        ("Hello.\n", "1 front-matter"),
    ],
)
def test_a_document_that_is_wrong_is_refused(text: str, fault: str) -> None:
    with pytest.raises(PostSyntaxError) as caught:
        parse_document(text, path="content/pages/about.md")
    assert [f"{f.line} {f.rule}" for f in caught.value.findings] == [fault]
