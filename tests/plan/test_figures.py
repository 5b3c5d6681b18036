"""Figures count what is known and leave out what is not."""

from datetime import UTC, datetime

import pytest

from commentary.dates import PartialDate
from commentary.ledger import Judgement, Ledger, Link, LinkState, Retrieval, excerpt_hash
from commentary.plan.figures import Part, facts_of, figures
from commentary.quotation.verdict import MATCHER_VERSION, Verdict
from tests.factories import make_excerpt, make_post, make_source, make_vocabulary

AT = datetime(2025, 5, 1, tzinfo=UTC)
ONE, TWO = "https://herald.example/1", "https://herald.example/2"


def a_post(url=ONE, **source):
    return make_post(sources=(make_source(url=url, **source),), parts=(make_excerpt(),))


def judged(url, share, verdict="verbatim"):
    digest = "a" * 64
    return [
        Retrieval(url=url, at=AT, how="fetched", sha256=digest, words=100),
        Judgement(
            url=url, at=AT, excerpt=excerpt_hash(make_excerpt()), snapshot=digest, matcher=MATCHER_VERSION,
            verdict=verdict, share=share,
        ),
    ]  # fmt: skip


def of(*posts, facts=()):
    ledger, vocabulary = Ledger.of(facts), make_vocabulary()
    return figures(posts, [fact for post in posts for fact in facts_of(post, ledger, vocabulary)])


def test_what_is_not_known_is_absent():
    unknown = of(make_post(sources=(make_source(published=None, url=None),)))

    assert (unknown.verdicts, unknown.quoted, unknown.dead, unknown.drifted) == ((), None, None, None)
    assert (unknown.paywalled, unknown.delay) == (None, None)
    assert of().years == ()


def test_verdicts_are_counted_of_all_excerpts_once_one_is_checked():
    found = of(a_post(), a_post(TWO), facts=judged(ONE, 0.1))

    assert found.verdicts == ((Verdict.VERBATIM, Part(1, 2)), (Verdict.UNCHECKED, Part(1, 2)))


def test_the_quoted_share_is_the_median():
    facts = [*judged(ONE, 0.1), *judged(TWO, 0.3)]

    assert of(a_post(), a_post(TWO), facts=facts).quoted == pytest.approx(0.2)


def test_links_are_counted_where_somebody_looked():
    facts = [Link(url=ONE, at=AT, state=LinkState.DEAD), Link(url=TWO, at=AT, state=LinkState.DRIFTED)]
    found = of(a_post(), a_post(TWO), a_post("https://herald.example/3"), facts=facts)

    assert (found.dead, found.drifted) == (Part(1, 2), Part(1, 2))


def test_paywalls_are_counted_where_they_are_known():
    assert of(a_post(paywall=True), a_post(paywall=False), a_post()).paywalled == Part(1, 2)


def test_only_exact_days_say_how_long_it_took():
    partial = a_post(published=PartialDate.parse("2025-04"))
    about = a_post(published=PartialDate.parse("~2025-04-01"))

    assert of(a_post(), partial, about).delay == 1
    assert of(partial, about).delay is None


def test_posts_are_counted_by_year_whatever_is_known_of_their_sources():
    assert figures([a_post()], []).years == ((2025, 1),)
    assert figures([a_post()], []).paywalled is None
