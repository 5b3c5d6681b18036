"""What is counted stands in words, with a bar that says the same; a story says what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import html

from commentary.model import Correction
from commentary.plan.figures import Figures, Part
from commentary.quotation.verdict import Verdict
from commentary.views import Refs
from tests.factories import ZONE, make_post, make_site
from tests.theme.test_macros import call, env, view

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["env"]  # the fixture

NOTHING = Figures(years=(), verdicts=(), quoted=None, dead=None, drifted=None, paywalled=None, delay=None)
ALL = Figures(
    years=((2025, 3), (2024, 1)),
    verdicts=((Verdict.VERBATIM, Part(3, 4)), (Verdict.UNCHECKED, Part(1, 4))),
    quoted=0.042,
    dead=Part(1, 5),
    drifted=Part(0, 5),
    paywalled=Part(2, 3),
    delay=1,
)


def rows(env: Environment, figures: Figures) -> list[tuple[str, str]]:
    tree = html.fromstring(f"<div>{call(env, 'macros/figures.html', 'figures', figures)}</div>")
    return [(row.findtext("dt"), " ".join(row.find("dd").text_content().split())) for row in tree.xpath("//dl/div")]


def test_every_figure_is_told_in_words(env: Environment) -> None:
    assert rows(env, ALL) == [
        ("Word for word", "3 of 4"),
        ("Not checked", "1 of 4"),
        ("Quoted of a source, median", "4.2%"),
        ("From publication to our post, median", "1 day"),
        ("Links that are dead, of those looked at", "1 of 5"),
        ("Pages that changed since, of those looked at", "0 of 5"),
        ("Behind a paywall, of those known", "2 of 3"),
        ("2025", "3 posts"),
        ("2024", "1 post"),
    ]


def test_figures_that_are_not_known_are_absent(env: Environment) -> None:
    assert rows(env, replace(NOTHING, delay=0)) == [("From publication to our post, median", "the same day")]
    assert "<dl" not in call(env, "macros/figures.html", "figures", NOTHING)


def test_bars_are_no_wider_than_the_whole_and_hidden_from_those_who_hear_the_numbers(env: Environment) -> None:
    tree = html.fromstring(f"<div>{call(env, 'macros/figures.html', 'figures', ALL)}</div>")

    assert tree.xpath("//rect/@width") == ["75", "25", "20", "0", "67", "100", "33"]
    assert tree.xpath("//svg[not(@aria-hidden)]") == []


def test_a_story_says_what_was_corrected_and_what_is_gone_since(env: Environment) -> None:
    corrected = Correction(date=datetime(2025, 5, 1, 9, tzinfo=ZONE), note="A name was wrong.")
    changes = {"corrections": (corrected,), "story": "tariff-dispute"}
    post = view(**changes)
    gone = replace(post, sources=tuple(replace(source, gone=True) for source in post.sources))
    shown = call(env, "macros/moment.html", "moment", Refs(make_site())(make_post(**changes)), gone, "en")
    since = [" ".join(e.text_content().split()) for e in html.fromstring(shown).xpath("//*[@class='since']")]

    assert since == ["gone since we quoted it", "corrected 1 May 2025 A name was wrong."]
    plain = call(env, "macros/moment.html", "moment", Refs(make_site())(make_post()), view(), "en")
    assert "since" not in plain
