"""Faults of input that no single reader's test covers: what of them reaches, or does not reach, the built site."""

import html
import json
import os
from xml.etree import ElementTree

import pytest
from lxml import html as trees

from tests.factories import POST, write_project
from tests.folders import tree
from tests.hardening.running import ONE_LINE, commentary, only_findings
from tests.site.conftest import parse_errors

BUILD = ("build", "--now", "2025-05-01")
PAGE = "2025/04/30/tariff-pause/index.html"
NAME = "2025-04-30-tariff-pause.md"
TITLE = "Using <dialog> & <b>"


def built(folder, posts, **options):
    project = write_project(folder, posts, **options)
    result = commentary(project, *BUILD)
    assert result.returncode == 0, result.stderr
    return project / "output"


@pytest.fixture(name="typed", scope="module")
def _typed(tmp_path_factory):
    title = f"title: {TITLE}"
    return built(
        tmp_path_factory.mktemp("typed"), {NAME: POST.replace("title: The tariff pause is only a pause", title)}
    )


def test_a_title_is_as_typed_in_page_and_title(typed):
    page = trees.fromstring((typed / PAGE).read_bytes())

    assert page.xpath("string(//h1)").strip() == TITLE
    assert page.xpath("string(//title)").strip().startswith(TITLE)
    assert page.xpath("string(//meta[@property='og:title']/@content)") in (TITLE, "")
    assert not page.xpath("//dialog")


def test_a_title_is_as_typed_in_feeds_and_json(typed):
    atom = ElementTree.fromstring((typed / "feed.atom").read_bytes())
    title = atom.find("{*}entry/{*}title")
    shown = title.text if title.get("type") != "html" else html.unescape(title.text)

    assert shown == TITLE
    assert json.loads((typed / "feed.json").read_text("utf-8"))["items"][0]["title"] == TITLE


def test_marks_and_ends_of_lines_change_no_byte(tmp_path):
    sites = []
    for number, data in enumerate(
        (POST.encode(), b"\xef\xbb\xbf" + POST.encode(), POST.replace("\n", "\r\n").encode(), POST.encode().rstrip())
    ):
        project = write_project(tmp_path / str(number), {})
        (project / "content/posts").mkdir(parents=True, exist_ok=True)
        (project / "content/posts" / NAME).write_bytes(data)
        assert commentary(project, *BUILD).returncode == 0
        sites.append(tree(project / "output"))

    assert all(site == sites[0] for site in sites)


def test_template_syntax_is_literal(tmp_path):
    text = (
        POST.replace("So importers", "{{ site.url }} {% if x %} {# no #} ${1+1} so importers")
        .replace("title: The tariff", "title: '{{ 7*7 }} The tariff")
        .replace("only a pause\ndate", "only a pause'\ndate")
    )
    page = trees.fromstring((built(tmp_path, {NAME: text}) / PAGE).read_bytes())

    assert "{{ site.url }} {% if x %} {# no #} ${1+1}" in page.xpath("string(//main)")
    assert "{{ 7*7 }}" in page.xpath("string(//h1)")


@pytest.mark.parametrize(
    "opened", ["<b>", "<!-- ", "<div", "<script>", "</article>", "<textarea>", "<plaintext>", "<svg><style>"]
)
def test_an_unclosed_tag_leaves_its_neighbours_intact(tmp_path, opened):
    text = POST.replace("So importers", f"{opened} So importers")
    output = built(
        tmp_path, {NAME: text, "2025-04-29-other.md": POST.replace("04-30", "04-29").replace("29/tariff", "29/b")}
    )
    page = (output / "index.html").read_bytes()

    assert parse_errors(page) == []
    articles = trees.fromstring(page).xpath("//article")
    assert len(articles) == 2
    assert all(article.xpath("string(.//blockquote)").strip().startswith("“We will pause") for article in articles)


def test_a_turn_of_direction_ends_where_it_began(tmp_path):
    text = POST.replace("  headline: Ministry", "  headline: \u202eMinistry").replace("title: The", "title: \u2067The")
    output = built(tmp_path, {NAME: text})

    title = trees.fromstring((output / PAGE).read_bytes()).xpath("string(//h1)").strip()
    assert title.endswith("\u2069")
    feed = json.loads((output / "feed.json").read_text("utf-8"))
    assert feed["items"][0]["title"].endswith("\u2069")
    assert "\u202c" in (output / PAGE).read_text("utf-8")


def test_a_host_of_other_letters_is_shown_in_punycode(tmp_path):
    text = POST.replace("herald.example/2025", "hеrald.example/2025")
    page = trees.fromstring((built(tmp_path, {NAME: text}) / PAGE).read_bytes())

    assert "xn--hrald-zwe.example" in page.xpath("string(//figcaption)")


@pytest.mark.parametrize(
    "line",
    [
        "slug: ../../evil", "slug: /etc/passwd", "slug: ''", "slug: .", "slug: con", "slug: a\u200bb", "slug: \u202eevil", f"slug: {'a' * 300}",
        "slug: a/b", "slug: a%2fb", "aliases: [../evil/]", "aliases: [/../evil/]", "aliases: [/%2e%2e/evil/]", "aliases: [/feed.atom]",
        "aliases: [/topics/]", "aliases: [/2025/04/30/TARIFF-PAUSE/]", "aliases: ['//evil.example/']", "aliases: [/.commentary.json]",
        "status: gone", "statu: draft", "date: 2025-02-31", "date: 0000-01-01", "date: 9999999", "id: 'no id'", "lang: '<b>'",
        "updated: tomorrow", "story: ../x",
    ],
)  # fmt: skip
def test_what_would_leave_its_place_is_refused_at_its_line(tmp_path, line):
    project = write_project(
        tmp_path / "project",
        {
            NAME: POST.replace("title:", f"{line}\ntitle:", 1).replace(
                "date: 2025-04-30 09:00\n", "" if line.startswith("date") else "date: 2025-04-30 09:00\n"
            )
        },
    )

    findings = only_findings(commentary(project, *BUILD))

    assert [f for f in findings if f.startswith(f"content/posts/{NAME}:2: error")], findings
    assert sorted(p.name for p in tmp_path.iterdir()) == ["project"]
    assert not (project / "output").exists() or not any((project / "output").iterdir())


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "java\\tscript:alert(1)", "&#106;avascript:alert(1)", "/relative", "https://user:pw@herald.example/",
        "https://herald.example/" + "a" * 9_000, "file:///etc/passwd", "https://her\u200bald.example/", "https://\u202eherald.example/", "data:text/html,x",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_at_its_line(tmp_path, url):
    text = POST.replace("url: https://herald.example/2025/04/29/tariff-pause", f'url: "{url}"')

    findings = only_findings(commentary(write_project(tmp_path, {NAME: text}), *BUILD))

    assert [f for f in findings if f.startswith(f"content/posts/{NAME}:7: error bad-value")], findings


@pytest.mark.parametrize("topic", ["/", "..", "%2f", "<b>", "a/../b", "\u200b"])
def test_a_topic_that_is_no_name_is_refused(tmp_path, topic):
    text = POST.replace("[trade]", json.dumps([topic]))

    findings = only_findings(commentary(write_project(tmp_path, {NAME: text}), *BUILD))

    assert findings[0].startswith(f"content/posts/{NAME}:4: error")


def test_links_pipes_and_loops_in_images_and_extra_files_are_left_alone(tmp_path):
    """A link in content/extra cannot publish a file from elsewhere on the machine, and a pipe keeps nobody waiting."""
    project = write_project(tmp_path / "project")
    extra = project / "content/extra"
    extra.mkdir()
    (tmp_path / "secret").write_text("secret")
    (extra / "link").symlink_to(tmp_path / "secret")
    (extra / "folder").symlink_to(tmp_path)
    (extra / "loop").symlink_to(extra)
    os.mkfifo(extra / "pipe")

    result = commentary(project, *BUILD)

    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stderr
    assert not [name for name, data in tree(project).items() if name.startswith("output") and data == b"secret"]


@pytest.mark.parametrize("name", [".git/config", ".commentary.new/x", "a/.secret", ".DS_Store"])
def test_what_is_hidden_among_the_extra_files_is_not_published_and_well_known_addresses_are(tmp_path, name):
    project = write_project(tmp_path)
    for file in (project / "content/extra" / name, project / "content/extra/.well-known/matrix/server"):
        file.parent.mkdir(parents=True)
        file.write_text("extra")

    assert commentary(project, *BUILD).returncode == 0

    published = tree(project / "output")
    assert published[".well-known/matrix/server"] == b"extra"
    assert [path for path in json.loads(published[".commentary.json"])["files"] if name in path] == []
    assert name not in published


@pytest.mark.parametrize("name", [b"a\nb.txt", b"\xff.txt", b"a\x1b[31m.txt", "a\u202eb.txt".encode()])
def test_a_file_whose_name_no_line_can_show_is_refused_on_one(tmp_path, name):
    project = write_project(tmp_path)
    (project / "content/extra").mkdir()
    with open(os.fsencode(project) + b"/content/extra/" + name, "wb"):  # noqa: PTH123 - a name in bytes
        pass

    findings = only_findings(commentary(project, *BUILD))

    assert [f for f in findings if f.startswith("content/extra/") and "reserved-path" in f]


@pytest.mark.parametrize("name", ["topics.yaml", "register.json", "redirects.yaml"])
def test_a_pipe_among_the_data_keeps_nobody_waiting(tmp_path, name):
    project = write_project(tmp_path)
    (project / "content/data" / name).unlink(missing_ok=True)
    os.mkfifo(project / "content/data" / name)

    findings = only_findings(commentary(project, *BUILD))

    assert [f for f in findings if f.startswith(f"content/data/{name}:1: error")]


@pytest.mark.parametrize(
    "line", ["SITEURL = 5", "OUTPUT_PATH = 5", "THEME = 'nowhere'", "COMMENTARY_SECURITY = 5", "COMMENTARY_MENU = 5"]
)
def test_a_setting_of_the_wrong_kind_is_told_in_one_line(tmp_path, line):
    result = commentary(write_project(tmp_path, settings=f"\n{line}\n"), *BUILD)

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr), result.stderr
    assert line.split()[0] in result.stderr
