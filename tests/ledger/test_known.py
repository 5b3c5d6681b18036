"""What the ledger knows of a source: verdicts that lapse, states that change, nothing recorded twice."""

from __future__ import annotations

from datetime import timedelta

from commentary.ledger import Judgement, Ledger, Link, LinkState, Memento, Retrieval, excerpt_hash
from commentary.quotation.verdict import MATCHER_VERSION, Verdict
from tests.factories import CHECKED, make_excerpt, make_ledger, make_post, make_source

LATER = CHECKED + timedelta(days=9)
POST = make_post()
URL = POST.sources[0].url


def is_judged(ledger: Ledger, text: str | None = None, *, matcher: int = MATCHER_VERSION) -> bool:
    """Whether a verdict on the post's excerpt, or on one of this text, holds."""
    excerpt = make_excerpt(text) if text else POST.excerpts[0]
    return ledger.of_source(POST.sources[0]).judgement(excerpt, matcher=matcher) is not None


def test_a_verdict_holds_for_its_excerpt_copy_and_matcher_alone() -> None:
    ledger = make_ledger(POST)
    newer = Retrieval(url=URL, at=LATER, how="fetched", sha256="f" * 64, words=1)

    assert is_judged(ledger)
    assert not is_judged(ledger, "“We will pause the tariffs for sixty days,” the minister said. […]")
    assert not is_judged(ledger, matcher=MATCHER_VERSION + 1)
    assert not is_judged(ledger.learning([newer]))


def test_a_verdict_without_the_copy_it_rests_on_does_not_hold() -> None:
    judgements = [fact for fact in make_ledger(POST).facts() if isinstance(fact, Judgement)]

    assert judgements
    assert not is_judged(Ledger.of(judgements))


def test_another_verdict_takes_the_place_of_the_last() -> None:
    """Of several the latest counts, in whatever order the lines of the file stand."""
    ledger = make_ledger(POST)
    (old,) = (fact for fact in ledger.facts() if isinstance(fact, Judgement))
    new = old.model_copy(update={"at": LATER, "verdict": Verdict.ALTERED})

    for learned in (
        ledger.learning([new]),
        Ledger.of([*ledger.facts(), new]),
        Ledger.of([new, *ledger.facts()]),
    ):
        assert learned.of_source(POST.sources[0]).judgement(POST.excerpts[0], matcher=MATCHER_VERSION) == new


def test_a_verdict_knows_the_copy_that_it_rests_on() -> None:
    ledger = make_ledger(POST)
    (judgement,) = (fact for fact in ledger.facts() if isinstance(fact, Judgement))
    newer = Retrieval(url=URL, at=LATER, how="fetched", sha256="f" * 64, words=1)
    known = ledger.learning([newer]).of_source(POST.sources[0])

    resting, other = (
        known.retrieval(judgement.model_copy(update={"snapshot": s})) for s in (judgement.snapshot, "f" * 64)
    )
    assert resting
    assert (resting.sha256, other) == (judgement.snapshot, newer)
    assert known.retrieval(judgement.model_copy(update={"snapshot": "e" * 64})) is None


def test_an_older_archived_version_that_is_learned_of_later_is_not_the_newest() -> None:
    older, newer = (
        Memento(url=URL, at=at, uri=f"https://web.archive.example/{at:%Y}/{URL}")
        for at in (CHECKED - timedelta(days=400), LATER)
    )

    assert Ledger().learning([newer, older]).of_source(POST.sources[0]).memento == newer
    assert Ledger().learning([older, newer]).of_source(POST.sources[0]).memento == newer


def test_the_hash_of_an_excerpt_is_what_it_was() -> None:
    """Verdicts that were recorded under another one would all lapse."""
    assert (
        excerpt_hash(make_excerpt("“관세를 유예하겠다.” He [said] so. […]"))
        == "bcb006c18ed381cd4ffb5ef926bcaa4c47da9cdffd440a9590a77e3f563acbc0"
    )


def test_every_word_and_mark_of_an_excerpt_counts() -> None:
    texts = ("He said so.", "He said  so.", "He said so!", "He [said] so.", "He […] so.", "He\n\nsaid so.")

    assert len({excerpt_hash(make_excerpt(text)) for text in texts}) == len(texts)
    assert len({excerpt_hash(make_excerpt(texts[0], line=n)) for n in range(3)}) == 1


def test_words_of_a_caption_and_that_it_is_one_count() -> None:
    excerpt = make_excerpt("He said so.\n\nA gull on a mast.")
    said, gull = excerpt.paragraphs
    marked = gull.model_copy(update={"caption": True})
    other = marked.model_copy(update={"runs": (gull.runs[0].model_copy(update={"text": "A ship."}),)})
    versions = [(said,), (said, gull), (said, marked), (said, other)]

    assert len({excerpt_hash(excerpt.model_copy(update={"paragraphs": each})) for each in versions}) == len(versions)


def test_a_fact_that_changes_no_state_is_not_recorded() -> None:
    ledger = make_ledger(POST).learning([Link(url=URL, at=CHECKED, state=LinkState.LIVE)])
    again = [fact.model_copy(update={"at": LATER}) for fact in ledger.facts()]

    assert ledger.learning(again) == ledger
    assert ledger.learning([Link(url=URL, at=LATER, state=LinkState.DEAD)]) != ledger


def test_copies_that_no_verdict_rests_on_are_forgotten() -> None:
    """Else every refresh of a page that turns its advertisements over would leave a line for ever."""
    copies = [
        Retrieval(url=URL, at=CHECKED + timedelta(days=n), how="fetched", sha256=f"{n:064}", words=1) for n in (1, 2, 3)
    ]
    known = make_ledger(POST).learning(copies).sources[str(URL)]

    assert [r.sha256[-1] for r in known.retrievals] == ["0", "3"]


def test_a_clock_set_back_does_not_make_an_old_copy_the_newest() -> None:
    newer = Retrieval(url=URL, at=CHECKED - timedelta(days=400), how="fetched", sha256="f" * 64, words=1)
    known = make_ledger(POST).learning([newer]).sources[str(URL)]

    assert known.copy
    assert known.copy.sha256 == "f" * 64


def test_verdicts_on_excerpts_that_no_post_has_any_more_go() -> None:
    ledger = make_ledger(POST)

    assert ledger.keeping({str(URL): [excerpt_hash(POST.excerpts[0])]}) == ledger
    assert not is_judged(ledger.keeping({}))


def test_facts_of_related_reports_belong_to_a_post_too() -> None:
    related = make_source(url="https://courier.example/a")
    ledger = make_ledger(POST).learning([Link(url=related.url, at=CHECKED, state=LinkState.DEAD)])

    assert len(ledger.of_post(POST)) == 2
    assert len(ledger.of_post(POST.model_copy(update={"related": (related,)}))) == 3
