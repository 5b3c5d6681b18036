"""Every rule of the posts together: posts that break exactly it, and posts that keep it."""

from __future__ import annotations

from datetime import datetime

import pytest

from commentary import checks
from commentary.findings import RULES, Finding, found
from commentary.model import Correction, Post
from tests.factories import NOW, REPOSITORY, ZONE, make_corpus, make_ledger, make_post, make_source

PATH = "content/posts/2025/2025-04-30-tariff-pause.md"
LATER = {"slug": "second-thoughts", "posted": datetime(2025, 4, 30, 18, tzinfo=ZONE)}
LATER_PATH = "content/posts/2025/2025-04-30-second-thoughts.md"


def findings_of(*posts: Post, now: datetime = NOW) -> list[Finding]:
    """What the checks find in these posts."""
    return checks.run(make_corpus(*posts, now=now), make_ledger(*posts), max_share=1, root=REPOSITORY)


def test_a_post_of_the_future_is_said_to_be_held() -> None:
    post = make_post(posted=datetime(2025, 6, 1, 9, 30, tzinfo=ZONE))

    assert findings_of(post) == [
        found(
            post.path,
            3,
            "held",
            "the post is held until 2025-06-01 09:30 (Asia/Seoul); date it earlier to show it now",
        )
    ]


def test_the_last_day_of_the_calendar_is_a_day_like_any_other() -> None:
    assert findings_of(make_post(), now=datetime(9999, 12, 31, tzinfo=ZONE)) == []


def test_a_post_of_this_very_moment_is_not_held() -> None:
    assert findings_of(make_post(posted=NOW)) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://herald.example/2025/04/29/tariff-pause",
        "http://www.herald.example/2025/04/29/tariff-pause/?utm_source=mail#top",
    ],
)
def test_a_source_quoted_by_an_earlier_post_is_found_at_the_later(url: str) -> None:
    later = make_post(**LATER, sources=(make_source(url=url),))

    assert findings_of(later, make_post()) == [
        found(
            LATER_PATH,
            7,
            "source-already-quoted",
            f"{PATH} quotes this source already; write about what is new, or add `allow: source-already-quoted`",
        )
    ]


@pytest.mark.parametrize("url", ["https://herald.example/2025/04/30/second-thoughts", None])
def test_another_source_is_not_already_quoted(url: str | None) -> None:
    assert findings_of(make_post(sources=(make_source(url=url),)), make_post(**LATER, sources=())) == []


def test_one_post_may_quote_a_source_twice() -> None:
    sources = (make_source(key="a"), make_source(key="b"))

    assert findings_of(make_post(sources=sources)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"corrections": (Correction(date=datetime(2028, 4, 30, tzinfo=ZONE), note="A name."),)},
            "the correction is dated 2028-04-30, which is still to come; correct the date",
        ),
        (
            {"updated": datetime(2025, 5, 2, 12, 1, tzinfo=ZONE)},
            "updated is dated 2025-05-02, which is still to come; correct the date",
        ),
    ],
)
def test_a_correction_of_a_day_to_come_is_found(changes: dict[str, object], message: str) -> None:
    post = make_post(**changes, lines={"corrections.0.date": 8, "updated": 8})

    assert findings_of(post) == [found(PATH, 8, "correction-to-come", message)]


def test_a_correction_of_today_or_of_tomorrow_somewhere_is_not_to_come() -> None:
    correction = Correction(date=datetime(2025, 5, 2, 12, tzinfo=ZONE), note="A name.")

    assert findings_of(make_post(corrections=(correction,), updated=NOW)) == []


def test_a_draft_shown_before_its_day_has_no_correction_to_come() -> None:
    posted = datetime(2026, 1, 1, 12, tzinfo=ZONE)
    post = make_post(posted=posted, updated=posted)

    corpus = make_corpus(post, now=NOW, drafts=True)

    assert checks.run(corpus, make_ledger(post), max_share=1, root=REPOSITORY) == []


def test_an_address_of_another_publication_is_found() -> None:
    source = make_source(url="https://www.courier.example/tariffs")

    assert findings_of(make_post(sources=(source,))) == [
        found(
            PATH,
            7,
            "foreign-host",
            "courier.example belongs to The Courier, not to The Herald; correct one of the two, or declare the "
            "portal with `aggregator: true` in content/data/publications.yaml",
        )
    ]


def test_a_related_address_of_another_publication_is_found() -> None:
    related = make_source(url="https://courier.example/tariffs")

    findings = findings_of(make_post(related=(related,)))

    assert [(f.path, f.rule) for f in findings] == [(PATH, "foreign-host")]


@pytest.mark.parametrize(
    ("publication", "url"),
    [
        ("The Herald", "https://news.herald.example/tariffs"),
        ("the herald", "https://herald.example/tariffs"),
        ("The Herald", "https://portal.example/herald/tariffs"),
        ("The Herald", "https://undeclared.example/tariffs"),
        ("The Herald", None),
        (None, "https://courier.example/tariffs"),
    ],
)
def test_an_own_an_undeclared_and_a_portals_address_is_not_foreign(publication: str | None, url: str | None) -> None:
    source = make_source(publication=publication, url=url)

    assert findings_of(make_post(sources=(source,))) == []


def test_every_rule_has_exactly_one_explanation() -> None:
    """A check's docstring explains its rule; the table explains the rules that no check enforces."""
    explained = {rule: 1 for rule in RULES if RULES[rule].explanation}
    tables = [checks.POST_CHECKS, checks.CORPUS_CHECKS, checks.QUOTATION_CHECKS, checks.IMAGE_CHECKS, explained]

    assert {rule: sum(rule in table for table in tables) for rule in RULES} == dict.fromkeys(RULES, 1)
    assert [rule for rule in RULES if not checks.explanation(rule)] == []
