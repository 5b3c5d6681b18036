"""A site goes without what it does not ask for, and whatever it asks for, nothing in it leads nowhere."""

import pytest

from commentary.checks.output import Built
from commentary.cli import main
from commentary.settings import OUTPUTS, load_settings
from commentary.work.prepare import prepare
from commentary.work.register import enter
from tests.factories import POST, write_project
from tests.folders import tree
from tests.work.building import NOW, build

SMALLEST = {
    "2025/04/25/over/index.html",
    *(f"2025/04/{day}/pause/index.html" for day in range(26, 30)),
    *("index.html", "404.html", "topics/index.html", "topics/trade/index.html", "subscribe/index.html"),
    *("feed.atom", "topics/trade/feed.atom", "feeds.opml", "sitemap.xml", "robots.txt", "_headers"),
    *("site.webmanifest", ".commentary.json"),
}
# What each output adds to the smallest site: a file of it, by its path; None: it is a part of pages.
ADDED = {
    "publications": "publications/the-herald/feed.atom",
    "stories": "stories/tariff-dispute/feed.atom",
    "archive": "2025/04/index.html",
    "corrections": "corrections/feed.atom",
    "search": "search/posts/0.json",
    "rss": "feed.rss",
    "json": "feed.json",
    "source-first": "source-first.atom",
    "feed-archives": "feed/1.atom",
    "receipts": "2025/04/29/pause/receipt.json",
    "open-data": "data/quotations-2025.csv",
    "json-ld": None,
}


def a_post(day, lines):
    head = POST.replace("2025-04-30 09:00", f"2025-04-{day} 09:00\nslug: pause").replace("/29/", f"/29/{day}/")
    return head.replace("source:\n", f"{lines}source:\n", 1)


def site(folder, outputs):
    """A project with something for every output; `outputs` as its settings write them."""
    lines = "story: tariff-dispute\ncorrections:\n  - {date: 2025-04-30 12:00, note: Fewer days.}\n"
    posts = {f"2025-04-{day}-pause.md": a_post(day, lines) for day in range(26, 30)}
    posts["2025-04-25-over.md"] = a_post(25, "status: withdrawn\nreason: Retracted.\n").replace(
        "slug: pause", "slug: over"
    )
    settings = f'COMMENTARY_EMAIL = "a@b.example"\nCOMMENTARY_FEED_SIZE = 2\nCOMMENTARY_OUTPUTS = {outputs}\n'
    return write_project(folder, posts, settings=settings)


def faults(project, folder):
    """What the check of a built site finds in this one."""
    prepared = prepare(load_settings(project / "pelicanconf.py"), now=NOW)
    pages = {page.path: page for page in prepared.plan}
    built = Built(folder=folder, pages=pages, site=prepared.settings.site, promised=prepared.register.rows, hidden={})
    return list(built.faults(pages))


def test_the_smallest_site_is_posts_the_stream_topics_and_their_feeds(tmp_path):
    project = site(tmp_path, "set()")
    build(project, tmp_path / "output")

    made = tree(tmp_path / "output")

    assert {path for path in made if not path.startswith("theme/")} == SMALLEST
    assert faults(project, tmp_path / "output") == []
    page = made["2025/04/29/pause/index.html"]
    assert b"The tariff dispute" not in page
    assert b"receipt" not in page
    assert b"ld+json" not in page
    assert b"Report an error" in page


def test_a_site_has_everything_unless_it_says_otherwise(tmp_path):
    project = site(tmp_path, "None")
    build(project, tmp_path / "output")

    made = tree(tmp_path / "output")

    assert {path for path in ADDED.values() if path} < set(made)
    assert faults(project, tmp_path / "output") == []
    page = made["2025/04/29/pause/index.html"]
    assert b"The tariff dispute" in page
    assert b'receipt.json"' in page
    assert b"ld+json" in page


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_can_be_had_alone(tmp_path, output):
    project = site(tmp_path, {output})
    build(project, tmp_path / "output")

    made = set(tree(tmp_path / "output"))

    assert made & set(ADDED.values()) == ({ADDED[output]} if ADDED[output] else set())
    assert faults(project, tmp_path / "output") == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_can_be_gone_without(tmp_path, output):
    project = site(tmp_path, set(OUTPUTS) - {output})
    build(project, tmp_path / "output")

    assert ADDED[output] not in tree(tmp_path / "output")
    assert faults(project, tmp_path / "output") == []


@pytest.mark.parametrize(
    ("output", "address"),
    [
        ("publications", "/publications/the-herald/"),
        ("stories", "/stories/"),
        ("archive", "/archive/"),
        ("corrections", "/corrections/"),
        ("rss", "/feed.rss"),
        ("json", "/feed.json"),
        ("source-first", "/source-first.atom"),
    ],
)
def test_an_output_that_was_published_cannot_be_switched_off_unseen(tmp_path, capsys, output, address):
    project = site(tmp_path, set(OUTPUTS))
    enter(prepare(load_settings(project / "pelicanconf.py"), now=NOW), today=NOW.date(), write=True)
    site(project, set(OUTPUTS) - {output})

    with pytest.raises(SystemExit) as exit_:
        main(["check", "--settings", str(project / "pelicanconf.py"), "--now", "2030-01-01"])

    assert exit_.value.code == 1
    said = f"{address} was published on 2030-01-01 and would be lost; add {output!r} to COMMENTARY_OUTPUTS"
    assert said in capsys.readouterr().out


def test_an_unknown_output_is_one_line_with_the_nearest_known_one(tmp_path, capsys):
    project = site(tmp_path, {"serch"})

    with pytest.raises(SystemExit) as exit_:
        main(["check", "--settings", str(project / "pelicanconf.py")])

    assert exit_.value.code == 2
    assert capsys.readouterr().err == (
        "error: the settings cannot be right: COMMENTARY_OUTPUTS: 'serch' is no output; did you mean search?\n"
    )
