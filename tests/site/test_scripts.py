"""Scripts only improve pages: few, small, from files, and no way for text to become markup."""

import gzip
import re

import pytest

from tests.factories import REPOSITORY
from tests.site.conftest import BuiltSite

SCRIPTS = sorted((REPOSITORY / "theme/static/js").glob("*.js"))
BUDGET = 8_000  # bytes, compressed, on any page but the search's
SINKS = (
    r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\b|new Function|setHTML|srcdoc|createContextual"
)


def loaded(site: BuiltSite, page) -> set[str]:
    """The paths of all scripts that a page loads, by its own word or another script's."""
    todo, found = [src.removeprefix("/") for src in site.tree(page).xpath("//script/@src")], set()
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            text = (site.folder / path).read_text("utf-8")
            todo += [f"theme/{name}" for name in re.findall(r'from "\./([\w.-]+)"', text)]
    return found


def test_scripts_of_a_page_fit_the_budget(site: BuiltSite):
    weights = {
        page.relative_to(site.folder).as_posix(): sum(
            len(gzip.compress((site.folder / path).read_bytes(), 9, mtime=0)) for path in loaded(site, page)
        )
        for page in site.pages()
    }
    del weights["search/index.html"]

    assert max(weights.values()) > 1_000
    assert {page: weight for page, weight in weights.items() if weight > BUDGET} == {}


def test_an_elements_script_comes_where_its_tag_stands_and_only_there(site: BuiltSite):
    elements = [script.stem for script in SCRIPTS if "customElements.define" in script.read_text("utf-8")]
    assert "copy-quotation" in elements
    for page in site.pages():
        names = {path.removeprefix("theme/").split(".")[0] for path in loaded(site, page)}
        tree = site.tree(page)
        for name in set(elements) - {"search"}:
            assert (name in names) == bool(tree.xpath(f"//{name}")), f"{page}: {name}"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_no_script_makes_markup_of_text_or_listens_to_single_keys(script):
    text = script.read_text("utf-8")

    assert re.findall(SINKS, text) == []
    assert re.findall(r"keydown|keyup|keypress|accesskey", text) == []
    assert re.findall(r"https?://", text) == []
