"""A built folder is believed by what lies in it, not by what was planned for it."""

import pytest

from commentary.checks.output import Built
from commentary.plan import Kind, Origin, Page
from commentary.plan.inputs import FileInputs
from tests.factories import make_site

POLICY = """<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>"""
POST = "/2025/04/30/tariff-pause/"
FILE = "content/posts/2025/2025-04-30-tariff-pause.md"


def read_back(folder, *pages, paths=(), **facts):
    """What is wrong with a folder of which these pages were planned."""
    planned = {page.path: page for page in pages}
    built = Built(folder=folder, pages=planned, site=make_site(), **{"promised": (), "hidden": {}} | facts)
    return [(f.path, f.rule) for f in built.faults(paths)]


def lay(folder, path, text="x"):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize("name", ["index.html", "receipt.json"])
def test_whatever_lies_at_the_address_of_a_hidden_post_is_a_fault(tmp_path, name):
    """Though nothing of it was planned; an empty folder is no fault."""
    (tmp_path / POST.strip("/")).mkdir(parents=True)
    assert read_back(tmp_path, hidden={POST: FILE}) == []

    lay(tmp_path, f"{POST.strip('/')}/{name}")

    assert read_back(tmp_path, hidden={POST: FILE}) == [(FILE, "broken-output")]
    assert read_back(tmp_path, hidden={}) == []


def test_a_promised_address_answers_only_if_its_file_is_there(tmp_path):
    page = Page(f"{POST.strip('/')}/index.html", Kind.POST, None)
    assert read_back(tmp_path, page, promised=[POST]) == [("content/data/register.json", "lost-address")]

    lay(tmp_path, page.path)

    assert read_back(tmp_path, page, promised=[POST]) == []


EXTRA = Page("googleabc.html", Kind.FILE, FileInputs("content/extra/googleabc.html", "x"), Origin("content/extra", 1))


@pytest.mark.parametrize(
    "text", ["", "\n", "google-site-verification: abc", "<p><a href='/nowhere/'>x</a>", "<!-- x -->"]
)
def test_a_file_that_is_copied_is_left_as_it_is(tmp_path, text):
    """A search engine looks for what it gave, without a policy; one may even be empty, and be linked to."""
    lay(tmp_path, EXTRA.path, text)
    lay(tmp_path, "own.html", text)
    lay(tmp_path, "linking.html", f"{POLICY}<a href='/googleabc.html#place'>x</a>")
    own, linking = (Page(f"{name}.html", Kind.DOCUMENT, None) for name in ("own", "linking"))

    def faults(page):
        return read_back(tmp_path, EXTRA, own, linking, paths=[page.path])

    assert faults(EXTRA) == []
    assert ("own.html", "broken-output") in faults(own)
    assert faults(linking) == [("linking.html", "dead-link")]


def test_a_copied_file_of_data_is_left_as_it_is_and_our_own_must_be_readable(tmp_path):
    lay(tmp_path, "extra.json", "// not quite JSON\n{}")
    lay(tmp_path, "own.json", "{")
    extra, own = Page("extra.json", Kind.FILE, None), Page("own.json", Kind.RECEIPT, None)

    assert read_back(tmp_path, extra, own, paths=["extra.json", "own.json"]) == [("own.json", "broken-output")]
