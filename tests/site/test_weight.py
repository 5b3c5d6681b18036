"""Every page of the shipped site keeps within its budget of bytes."""

import pytest
from benchmarks.weight import POST_BUDGET, SCRIPT_BUDGET, Weight, page_kinds, weigh

from commentary.plan import Kind
from tests.site.conftest import BuiltSite


def test_every_page_keeps_within_its_budget(site: BuiltSite):
    weights = [weigh(site.folder, path, kind) for path, kind in page_kinds().items()]

    assert {Kind.POST, Kind.STREAM, Kind.SEARCH} <= {page.kind for page in weights}
    assert all(page.html > 500 for page in weights)
    assert min(page.css for page in weights if page.kind is Kind.POST) > 1000
    assert [over for page in weights if (over := page.over())] == []


@pytest.mark.parametrize(
    ("kind", "html", "js", "broken"),
    [
        (Kind.POST, POST_BUDGET - 4000, 0, False),
        (Kind.POST, POST_BUDGET, 0, True),
        (Kind.STREAM, POST_BUDGET, 0, False),
        (Kind.TOPIC, 1000, SCRIPT_BUDGET + 1, True),
        (Kind.SEARCH, 1000, SCRIPT_BUDGET + 1, False),
    ],
)
def test_a_broken_budget_is_found(kind, html, js, broken):
    assert bool(Weight(kind, "/a/", html, 4000, js).over()) is broken
