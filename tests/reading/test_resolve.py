"""Topics, stories and publications are looked up in the vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.findings import Severity
from commentary.model import Source
from commentary.reading.resolve import is_buildable, resolve
from commentary.vocabulary import Publication, Story, Topic
from tests.factories import make_post, make_source, make_vocabulary

if TYPE_CHECKING:
    from commentary.model import Post

KOREAN = Publication(name="The Herald", hosts=("herald.example",), lang="ko", paywall=True)


def resolved(**changes: object) -> Post:
    post, findings = resolve(make_post(**changes), make_vocabulary())
    assert findings == []
    return post


def faults(**changes: object) -> list[str]:
    _, findings = resolve(make_post(**changes), make_vocabulary())
    return [f"{f.line} {f.severity} {f.rule}: {f.message}" for f in findings]


@pytest.mark.parametrize("written", ["trade", "Trade", "TRADE", "tariffs", " Commerce "])
def test_a_topic_may_be_written_as_slug_name_or_synonym(written: str) -> None:
    assert resolved(topics=(written,)).topics == ("trade",)


def test_topics_keep_their_order_and_stand_once() -> None:
    assert resolved(topics=("Diplomacy", "Tariffs", "trade")).topics == ("diplomacy", "trade")


def test_an_undeclared_topic_names_the_nearest_and_the_line_to_add() -> None:
    assert faults(topics=("trade", "diplomcy")) == [
        (
            "4 error undeclared-topic: 'diplomcy' is no declared topic; did you mean diplomacy? "
            "Or add to content/data/topics.yaml: diplomcy: {name: Diplomcy}"
        )
    ]
    assert faults(topics=("North-South summits: 2",)) == [
        (
            "4 error undeclared-topic: 'North-South summits: 2' is no declared topic; "
            'add to content/data/topics.yaml: north-south-summits-2: {name: "North-South summits: 2"}'
        )
    ]


@pytest.mark.parametrize("written", ["“diplomacy”", "‘Diplomacy’", "„diplomacy“"])
def test_a_topic_in_curly_quotes_is_told_without_them(written: str) -> None:
    (told,) = faults(topics=(written,))

    assert told.startswith(f"4 error undeclared-topic: {written!r} is no declared topic; did you mean {written[1:-1]}?")
    assert told.endswith("? Take the quotation marks away")
    assert "Take the quotation marks away" not in faults(topics=("“zzz”",))[0]


def test_the_line_of_the_very_topic_is_named() -> None:
    lines = {"topics": 4, "topics.0": 5, "topics.1": 6}
    assert faults(topics=("trade", "zzz"), lines=lines)[0].startswith("6 error undeclared-topic")


def test_topics_in_one_text_are_told_apart() -> None:
    assert faults(topics=("trade, diplomacy",))[0].endswith("for several topics write [trade, diplomacy]")


def test_an_unknown_story_names_the_nearest_and_the_line_to_add() -> None:
    assert resolved(story="tariff-dispute").story == "tariff-dispute"
    assert faults(story="tarif-dispute") == [
        (
            "1 error unknown-story: 'tarif-dispute' is no declared story; did you mean tariff-dispute? "
            "Or add to content/data/stories.yaml: tarif-dispute: {title: Tarif dispute}"
        )
    ]


def test_a_publication_is_known_by_the_host() -> None:
    source = resolved(sources=(Source(url="https://www.herald.example/a"),)).sources[0]
    assert (source.publication, source.lang) == ("The Herald", "en")


def test_a_publication_has_its_canonical_name() -> None:
    assert resolved(sources=(make_source(publication="the herald"),)).sources[0].publication == "The Herald"


def test_a_publication_gives_language_and_paywall_unless_the_source_does() -> None:
    vocabulary = make_vocabulary(publications=(KOREAN,))
    plain, _ = resolve(make_post(), vocabulary)
    own, _ = resolve(make_post(sources=(make_source(lang="en", paywall="false"),)), vocabulary)
    assert [(p.sources[0].lang, p.sources[0].paywall) for p in (plain, own)] == [("ko", True), ("en", False)]


@pytest.mark.parametrize("place", ["sources", "related"])
def test_an_undeclared_publication_names_the_nearest_and_the_line_to_add(place: str) -> None:
    changed = {"related": (Source(publication="The Herold", url="https://herold.example/a"),)}
    if place == "sources":
        changed = {"sources": changed["related"]}
    line = 6 if place == "sources" else 1
    assert faults(**changed) == [
        (
            f"{line} warning undeclared-publication: 'The Herold' is no declared publication; did you mean The Herald? "
            "Or add to content/data/publications.yaml: The Herold: {hosts: [herold.example]}"
        )
    ]


def test_a_host_of_nobody_is_named() -> None:
    assert faults(sources=(Source(url="https://www.nobody.example/a"),), lines={"source.url": 7}) == [
        (
            "7 warning undeclared-publication: no declared publication has the host nobody.example; "
            "name it under publication, or add to content/data/publications.yaml: NAME: {hosts: [nobody.example]}"
        )
    ]


def test_a_source_without_publication_and_address_is_left_alone() -> None:
    assert resolved(sources=(Source(headline="A leaflet"),)).sources == (Source(headline="A leaflet"),)


def test_only_errors_stop_a_post() -> None:
    _, warned = resolve(make_post(sources=(make_source(publication="Nobody"),)), make_vocabulary())
    _, failed = resolve(make_post(topics=("zzz",)), make_vocabulary())
    assert [f.severity for f in warned + failed] == [Severity.WARNING, Severity.ERROR]
    assert [is_buildable(warned), is_buildable(failed)] == [True, False]


@pytest.mark.parametrize(
    "change",
    [
        {"topics": (Topic(slug="trade", name="Commerce"),)},
        {"publications": (KOREAN,)},
        {"stories": (Story(slug="tariff-dispute", title="Another title"),)},
    ],
    ids=["topics", "publications", "stories"],
)
def test_the_digest_covers_what_pages_show_of_the_vocabulary(change: dict[str, object]) -> None:
    post = make_post(story="tariff-dispute")
    digest = resolve(post, make_vocabulary())[0].digest
    assert resolve(post, make_vocabulary(**change))[0].digest != digest


def test_the_digest_leaves_out_what_the_post_does_not_show() -> None:
    more = (*make_vocabulary().topics, Topic(slug="zzz", name="Zzz"))
    assert (
        resolve(make_post(), make_vocabulary(topics=more))[0].digest
        == resolve(make_post(), make_vocabulary())[0].digest
    )
