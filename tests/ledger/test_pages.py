"""What the ledger says of a source reaches the pages that show it, and changes the keys of no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.ledger import Ledger, Link, LinkState, Memento, write_ledger
from commentary.model import Post
from commentary.reading.load import load
from commentary.views import SourceView, Views
from tests.factories import (
    CHECKED,
    make_ledger,
    make_post,
    make_settings,
    make_site,
    make_source,
    make_vocabulary,
    write_project,
)

if TYPE_CHECKING:
    from pathlib import Path

URL = make_source().url or ""
MEMENTO = f"https://archive.example/web/20250501010000/{URL}"
ARCHIVED = Memento(url=URL, at=CHECKED, uri=MEMENTO)
DEAD = Link(url=URL, at=CHECKED, state=LinkState.DEAD)


def source_in(ledger: Ledger, post: Post | None = None) -> SourceView:
    """The source of a post's one excerpt, as pages show it."""
    source = Views(make_site(), make_vocabulary(), ledger).post(post or make_post()).excerpts[0].source
    assert source is not None
    return source


def test_a_posts_key_changes_with_what_is_known_of_its_source(tmp_path: Path) -> None:
    second = "---\ntitle: Two\ntopics: [trade]\nsource: https://courier.example/b\n---\nOurs.\n\n> Theirs.\n"
    write_project(tmp_path, files={"content/posts/2025-05-01-two.md": second})
    settings = make_settings(tmp_path)
    before = {post.slug: post.digest for post in load(settings).posts}
    write_ledger(settings.content, load(settings).ledger.learning([DEAD]))
    after = {post.slug: post.digest for post in load(settings).posts}

    assert [slug for slug in before if before[slug] != after[slug]] == ["tariff-pause"]


def test_the_link_opens_at_the_words_that_were_proven() -> None:
    assert source_in(make_ledger(make_post())).href == f"{URL}#:~:text=We%20will%20pause"


def test_an_altered_excerpt_has_no_place_to_open_at() -> None:
    post = make_post()

    assert source_in(make_ledger(post, verdict="altered", fragment=None, segments=())).href == URL


def test_no_page_claims_a_copy_that_is_not_known() -> None:
    assert source_in(make_ledger(make_post())).memento is None
    assert source_in(make_ledger(make_post()).learning([ARCHIVED])).memento == MEMENTO


def test_a_memento_that_the_author_gave_goes_before_ours_and_dates_itself() -> None:
    given = "https://archive.example/web/20240203040506/https://herald.example/"
    source = source_in(Ledger.of([ARCHIVED]), make_post(sources=(make_source(memento=given),)))

    assert (source.memento, source.version_date.isoformat()) == (given, "2024-02-03")


def test_a_dead_source_leads_to_the_memento_if_there_is_one() -> None:
    dead = make_ledger(make_post()).learning([DEAD])
    archived = source_in(dead.learning([ARCHIVED]))

    assert (archived.gone, (archived.href or "").partition("#")[0]) == (True, MEMENTO)
    assert (source_in(dead).href or "").partition("#")[0] == URL


def test_a_source_that_refuses_programs_is_not_dead() -> None:
    refused = DEAD.model_copy(update={"state": LinkState.REFUSED})

    assert not source_in(Ledger.of([ARCHIVED, refused])).gone
