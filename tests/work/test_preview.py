"""What is saved shows at once, what cannot be built leaves the last good page, and in the end all is as a build has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import CorpusError
from commentary.pelican_plugin import engine
from commentary.work.shown import Workshop
from tests.factories import POST, TOPICS_YAML
from tests.folders import tree
from tests.work.previewing import NOW, PAGE, PATH, Author

OTHER = POST.replace("title: The tariff pause", "title: Another pause").replace("04-30 09", "04-28 09")
ERROR = f"{PATH}:4 undeclared-topic"


@pytest.fixture(name="author")
def _author(tmp_path: Path) -> Author:
    return Author(tmp_path / "project")


def built(author: Author, folder: Path) -> dict[str, bytes]:
    """What a build with drafts writes, less its own notes."""
    file = author.folder / "pelicanconf.py"
    engine.build(file, OUTPUT_PATH=str(folder), COMMENTARY_NOW=NOW, COMMENTARY_DRAFTS=True)
    return {path: content for path, content in tree(folder).items() if path != ".commentary.json"}


def test_what_is_shown_in_the_end_is_what_a_build_writes(author: Author, tmp_path: Path) -> None:
    """Of every address, after each of a row of changes; none stands that a build would not write."""
    retitled = POST.replace("only a pause", "soon over")
    changes: list[tuple[str, str | None]] = [
        (PATH, POST.replace("So importers", "So all importers")),
        (PATH, retitled.replace("topics: [trade]", "topics: [diplomacy]\nstory: tariff-dispute")),
        ("content/posts/2025-04-28-another.md", OTHER),
        ("content/posts/2025-04-28-another.md", OTHER.replace("date:", "status: draft\ndate:")),
        (PATH, retitled.replace("04-30 09", "04-27 09")),
        ("content/posts/2031-01-01-later.md", OTHER.replace("2025-04-28 09", "2031-01-01 09")),
        ("theme/templates/post.html", "{# begins #}" + (author.folder / "theme/templates/post.html").read_text()),
        ("theme/static/css/post.css", "@layer post { p { color: red } }\n"),
        ("content/data/topics.yaml", TOPICS_YAML.replace("Diplomacy", "Diplomats")),
        ("content/pages/about.md", "---\ntitle: About\n---\nAbout us.\n"),
        ("pelicanconf.py", (author.folder / "pelicanconf.py").read_text() + "SITENAME = 'Other Remarks'\n"),
        ("content/posts/2025-04-28-another.md", None),
        ("content/extra/CNAME", "remarks.example\n"),
    ]
    for number, (path, text) in enumerate(changes):
        author.save(path, text)
        author.plan()
        files = built(author, tmp_path / f"built{number}")
        shown = {file: author.look(file).content for file in files}

        assert shown == files, path
        assert all(author.look(file).path == file for file in files)
    assert not author.preview.holds("2025/04/28/another/index.html")


@pytest.mark.parametrize("drafts", [True, False])
def test_a_draft_is_shown_if_drafts_are_asked_for_and_only_then(tmp_path, drafts):
    author = Author(tmp_path / "project", POST.replace("date:", "status: draft\ndate:"), drafts=drafts)

    assert author.preview.holds(PAGE) is drafts


@pytest.mark.parametrize("first", ["", "feed.atom", "data/quotations-2025.json", PAGE])
@pytest.mark.parametrize(
    "edit",
    [
        (PATH, "So importers", "So all importers"),
        (PATH, "only a pause", "saved again"),
        ("theme/templates/post.html", "{% block content %}", "{% block content %}<p>New</p>"),
        ("theme/static/css/post.css", "@layer post", "/* new */ @layer post"),
    ],
    ids=["text", "title", "template", "style sheet"],
)
def test_what_is_saved_is_shown_before_the_site_is_planned(
    author: Author, tmp_path: Path, edit: tuple[str, str, str], first: str
) -> None:
    """Its own page, and the front page, byte for byte; both have a new version. Whatever is looked at first."""
    pages = ["index.html", PAGE] if edit[0] == PATH else [PAGE]
    versions = [author.look(page).version for page in pages]

    author.edit(*edit)
    if first:
        assert author.reads(first)

    files = built(author, tmp_path / "built")
    assert {page: author.look(page).content for page in pages} == {page: files[page] for page in pages}
    assert not set(versions) & {author.look(page).version for page in pages}
    sheet = next(file for file in files if file.startswith("theme/site."))
    assert author.look(sheet).content == files[sheet]


def test_a_page_that_shows_nothing_new_keeps_its_version(author: Author) -> None:
    version = author.look("topics/index.html").version
    author.edit(PATH, "So importers", "So all importers")
    author.plan()

    assert author.look("topics/index.html").version == version


@pytest.mark.parametrize("planned", [False, True], ids=["at once", "when it is planned"])
def test_a_post_with_an_error_leaves_its_last_good_page_until_it_is_mended(author: Author, planned: bool) -> None:
    author.edit(PATH, "So importers", "So all importers")
    before = author.look()
    author.edit(PATH, "[trade]", "[trad]")
    if planned:
        author.plan()

    assert (author.faults(), author.faults("topics/index.html")) == ([ERROR], [ERROR])
    assert (author.reads(), author.look().version) == (before.content and before.content.decode(), before.version)

    author.edit(PATH, "[trad]", "[trade]")
    author.plan()
    assert author.faults() == []
    assert "So all importers" in author.reads()
    assert author.log.lines[0] == author.log.lines[-1] == "1 posts"


def test_a_post_whose_error_the_plan_is_the_first_to_see_leaves_its_last_good_page_too(author: Author) -> None:
    """Saved while a plan is made, the file may be read before the watcher tells of it."""
    author.edit(PATH, "So importers", "So all importers")
    author.write(PATH, (author.folder / PATH).read_text("utf-8").replace("[trade]", "[trad]"))
    author.plan()

    assert author.faults() == [ERROR]
    assert "So all importers" in author.reads()
    author.preview.change([author.folder / PATH])
    assert "So all importers" in author.reads()


def test_an_error_that_only_the_plan_finds_takes_the_page_back(author: Author) -> None:
    author.edit(PATH, "topics: [trade]", "topics: [trade]\naliases: [/topics/]")
    author.plan()

    assert author.faults() == [f"{PATH}:5 alias-collision"]
    assert author.preview.holds("topics/index.html")
    assert author.log.lines[-1].startswith(f"stands: {PATH}:5: error alias-collision")


def test_a_warning_stops_nothing_and_is_not_shown(author: Author) -> None:
    author.edit(PATH, "2025-04-29\n---", "2025-05-01\n---")

    assert author.faults() == []
    assert "May 2025" in author.reads()


def test_a_template_that_fails_leaves_the_last_good_page(author: Author) -> None:
    """Its error is told once on the terminal, and on every page; pages of other templates are new all the same."""
    before = author.reads()
    author.edit("theme/templates/post.html", "{% block content %}", "{% block content %}\n{{ misspelt }}")
    fault = f"theme/templates/post.html:{_line(author, 'misspelt')} template"
    assert (author.reads(), author.faults(), author.faults("topics/index.html")) == (before, [fault], [])
    author.edit("theme/templates/topics.html", "{% block content %}", "{% block content %}\n<p>New</p>")
    author.plan()

    assert author.faults() == author.faults("topics/index.html") == [fault]
    assert "<p>New</p>" in author.reads("topics/index.html")
    assert "".join(author.log.lines).count("'misspelt' is undefined") == 1

    author.edit("theme/templates/post.html", "{{ misspelt }}", "")
    author.plan()
    assert author.faults() == author.faults("topics/index.html") == []


def _line(author: Author, word: str) -> int:
    lines = (author.folder / "theme/templates/post.html").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if word in line)


def test_a_template_that_no_page_was_asked_for_is_tried_all_the_same(author: Author) -> None:
    author.edit("theme/templates/404.html", "{% block content %}", "{% block content %}{{ misspelt }}")
    author.plan()

    assert [fault.rule for fault in author.look().faults] == ["template"]


def test_a_template_is_tried_as_soon_as_the_posts_are_mended_too(author: Author) -> None:
    author.edit("theme/templates/404.html", "{% block content %}", "{% block content %}{{ misspelt }}")
    author.plan()
    author.edit("theme/templates/404.html", "{{ misspelt }}", "")
    author.edit(PATH, "[trade]", "[trad]")
    author.plan()
    author.edit(PATH, "[trad]", "[trade]")
    author.plan()

    assert author.faults() == []


def test_without_a_good_site_there_are_only_the_errors_until_they_are_mended(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", POST.replace("[trade]", "[trad]"))
    look = author.look()
    assert (look.content, author.faults()) == (None, [ERROR])
    assert author.log.lines[-1].startswith(f"nothing: {PATH}:4: error undeclared-topic")

    author.save(PATH, POST)
    author.plan()

    assert "only a pause" in author.reads()
    assert author.look().version != look.version


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("COMMENTARY_EMIAL = 'x'\n", "COMMENTARY_EMIAL"), ("raise SystemExit(2)\n", "the settings end the program (2)")],
)
def test_settings_that_cannot_be_right_leave_the_site_and_mend(author: Author, wrong: str, said: str) -> None:
    settings = (author.folder / "pelicanconf.py").read_text()
    before = author.reads()
    author.save("pelicanconf.py", settings + wrong)
    author.plan()
    assert [said in fault.message for fault in author.look().faults] == [True]
    assert author.reads() == before

    author.save("pelicanconf.py", settings)
    author.plan()
    assert author.faults() == []


def test_templates_have_the_filters_of_the_settings(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", settings="JINJA_FILTERS = {'loud': lambda text: text.upper()}\n")
    author.edit("theme/templates/post.html", "{% block content %}", "{% block content %}{{ 'new'|loud }}")

    assert "NEW" in author.reads()


def test_a_filter_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    settings = "def fail(text):\n    raise RuntimeError('no ' + text)\nJINJA_FILTERS = {'fail': fail}\n"
    author = Author(tmp_path / "project", settings=settings)
    before = author.reads()
    author.edit("theme/templates/post.html", "{% block content %}", "{% block content %}{{ 'luck'|fail }}")
    author.plan()

    assert [fault.message.partition(";")[0] for fault in author.look().faults] == ["RuntimeError: no luck"]
    assert author.reads() == before


def test_settings_that_import_others_are_read_anew_with_them(author: Author) -> None:
    settings = (author.folder / "pelicanconf.py").read_text()
    author.save("names.py", "NAME = 'First Remarks'\n")
    path = f"import sys; sys.path.insert(0, {str(author.folder)!r})\n"
    author.save("pelicanconf.py", f"{settings}{path}from names import NAME as SITENAME; sys.path.pop(0)\n")
    author.plan()
    assert "First Remarks" in author.reads()
    author.save("names.py", "NAME = 'Second Remarks, longer'\n")
    author.plan()

    assert "Second Remarks" in author.reads()


def test_a_theme_without_a_file_that_it_needs_is_told_in_one_line(author: Author) -> None:
    author.save("theme/static/css/post.css", None)
    author.plan()

    assert ["post.css: No such file or directory" in fault.message for fault in author.look().faults] == [True]


@pytest.mark.parametrize(
    "path", ["theme/static/css/layers.css", "theme/static/css/post.css", "theme/static/js/search.js"]
)
def test_a_text_of_the_theme_that_is_not_utf_8_leaves_the_last_good_page(author: Author, path: str) -> None:
    """A build says the same in one line."""
    before = author.reads()
    with (author.folder / path).open("ab") as file:
        file.write(b"/* \xff */")
    author.preview.change([author.folder / path])
    author.plan()

    assert (author.reads(), author.faults()) == (before, [f"{path}:1 template"])
    with pytest.raises(CorpusError, match=f"^{path}:1: error template: is not UTF-8; save it so$"):
        built(author, author.folder / "built")


class Late(Workshop):
    """A workshop in which a post is saved while the site is planned."""

    author: Author

    def survey(self):  # type: ignore[no-untyped-def]
        prepared = super().survey()
        if hasattr(Late, "author"):
            self.author.edit(PATH, "only a pause", "saved meanwhile")
            del Late.author
        return prepared


def test_what_is_saved_while_the_site_is_planned_is_not_lost(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", opened=lambda w: Late(w.settings, w.env, w.caches, w.now, w.drafts))
    Late.author = author
    author.plan()
    assert "saved meanwhile" in author.reads()
    assert "saved meanwhile" not in author.reads("topics/trade/index.html")
    author.plan()

    assert "saved meanwhile" in author.reads("topics/trade/index.html")
