"""Where a build runs, and what of it is broken, missing or somebody else's."""

import os
import resource
import subprocess
import sys

import pytest

from commentary.plan import MANIFEST
from tests.factories import POST, REPOSITORY, write_project
from tests.folders import tree
from tests.hardening.running import FULL, ONE_LINE, commentary

POST_PATH = "content/posts/2025-04-30-tariff-pause.md"
BUILD = ("build", "--now", "2025-05-01")


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_project(tmp_path / "project")


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory):
    """A project with its site; tests work on copies of it."""
    project = write_project(tmp_path_factory.mktemp("built") / "project")
    assert commentary(project, *BUILD).returncode == 0
    return project


@pytest.fixture(name="site")
def _site(built, tmp_path):
    subprocess.run(["cp", "-a", str(built), str(tmp_path / "project")], check=True)
    return tmp_path / "project"


def change(project):
    """Let the next build have something to write, of every kind of page."""
    post = project / POST_PATH
    post.write_text(POST.replace("only a pause", "over"))


def refused(result):
    assert result.returncode == 2, result.stderr
    assert ONE_LINE.fullmatch(result.stderr), result.stderr
    assert result.stdout == ""
    return result.stderr


@pytest.mark.parametrize(
    "output",
    [".", "..", "content", "content/site", ".git/site"],
    ids=["project", "above", "content", "in content", "git"],
)
def test_the_project_is_never_written_over(project, output):
    before = tree(project)

    told = refused(commentary(project, *BUILD, "--output", output))

    assert "the site would be written" in told
    assert {k: v for k, v in tree(project).items() if "__pycache__" not in k} == before


def test_somebodys_full_folder_stays_as_it_was(project):
    theirs = project / "output"
    (theirs / "about").mkdir(parents=True)
    (theirs / "index.html").write_text("theirs")
    (theirs / "about/index.html").write_text("theirs, too")
    before = tree(theirs)

    assert "not ours" in refused(commentary(project, *BUILD))
    assert tree(theirs) == before


def test_a_link_in_the_output_leads_nowhere(site, tmp_path):
    """What is published never lands outside the output, whoever laid a link there."""
    outside = tmp_path / "outside"
    (site / "output/topics").rename(outside)
    (site / "output/topics").symlink_to(outside)
    before = tree(outside)
    change(site)

    assert "not ours" in refused(commentary(site, *BUILD))
    assert tree(outside) == before


def test_a_file_that_was_laid_among_ours_is_not_replaced(site):
    """The post gets an alias where somebody has put a page of their own."""
    (site / "output/old").mkdir()
    (site / "output/old/index.html").write_text("theirs")
    (site / POST_PATH).write_text(POST.replace("topics:", "aliases: [/old/]\ntopics:"))

    assert "old/index.html, which is not ours" in refused(commentary(site, *BUILD))
    assert (site / "output/old/index.html").read_text() == "theirs"


def test_a_page_takes_the_place_of_a_folder_of_ours_and_back(site):
    """An extra file `a` becomes a folder `a/`, then a file again."""
    extra = site / "content/extra"
    (extra / "a").mkdir(parents=True)
    (extra / "a/b.txt").write_text("in a folder")
    assert commentary(site, *BUILD).returncode == 0
    (extra / "a/b.txt").unlink()
    (extra / "a").rmdir()
    (extra / "a").write_text("a file")
    assert commentary(site, *BUILD).returncode == 0
    assert (site / "output/a").read_text() == "a file"
    (extra / "a").unlink()
    (extra / "a").mkdir()
    (extra / "a/b.txt").write_text("in a folder")
    result = commentary(site, *BUILD)
    assert (result.returncode, (site / "output/a/b.txt").read_text()) == (0, "in a folder")


@pytest.fixture(name="disk")
def _disk(tmp_path):
    """A disk of 512 kB, which only root can make."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_site(site, disk):
    output = disk / "site"
    assert commentary(site, *BUILD, "--output", str(output)).returncode == 0
    before = tree(output)
    change(site)
    free = os.statvfs(disk)
    (disk / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_bsize - 4096))

    assert "No space left" in refused(commentary(site, *BUILD, "--output", str(output)))
    assert tree(output) == before

    (disk / "ballast").unlink()
    assert commentary(site, *BUILD, "--output", str(output)).returncode == 0
    assert tree(output) != before


def test_a_read_only_output_is_told_in_one_line(site, disk):
    output = disk / "site"
    assert commentary(site, *BUILD, "--output", str(output)).returncode == 0
    before = tree(output)
    change(site)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    assert "Read-only file system" in refused(commentary(site, *BUILD, "--output", str(output)))
    assert tree(output) == before


def limit(kind, most):
    return lambda: resource.setrlimit(kind, (most, most))


def test_a_limit_on_the_size_of_files_leaves_the_old_site(site):
    before = tree(site / "output")
    change(site)
    (site / "content/extra").mkdir()
    (site / "content/extra/large.txt").write_text("x" * 200_000)

    result = commentary(site, *BUILD, preexec_fn=limit(resource.RLIMIT_FSIZE, 100_000))

    assert "File too large" in refused(result)
    assert tree(site / "output") == before


def test_a_new_post_that_cannot_be_written_whole_is_not_there(site):
    """An empty one would stop every build, and the next try."""
    before = tree(site)
    command = ("new", "--topic", "trade", "--title", "Only a pause", "--now", "2025-05-02")

    told = refused(commentary(site, *command, preexec_fn=limit(resource.RLIMIT_FSIZE, 20)))

    path = "content/posts/2025/2025-05-02-only-a-pause.md"
    assert told.endswith(f"{path}: File too large; the post is not written\n")
    assert tree(site) == before
    assert commentary(site, *command).stdout == f"{path}\n"


def test_few_descriptors_are_enough(site):
    change(site)

    result = commentary(site, *BUILD, preexec_fn=limit(resource.RLIMIT_NOFILE, 24))

    assert result.returncode == 0, result.stderr


def test_a_bare_environment_gives_the_same_site(built, tmp_path):
    """No HOME, no TMPDIR, no locale, no PATH: nothing of it is asked for."""
    bare = dict.fromkeys(os.environ) | {"LANG": "C", "LC_ALL": "C", "TMPDIR": "/nowhere", "HOME": None}
    project = write_project(tmp_path / "project")

    result = commentary(project, *BUILD, environment=bare)

    assert result.returncode == 0, result.stderr
    assert tree(project / "output") == tree(built / "output")


def test_a_closed_stdout_is_no_traceback(site):
    command = f"exec {sys.executable} -m commentary build --now 2025-05-01 >&-"
    result = subprocess.run(["sh", "-c", command], cwd=site, capture_output=True, text=True, check=False, timeout=120)

    assert "Traceback" not in result.stderr


@pytest.mark.skipif(not os.path.exists(FULL), reason="no device that is always full")  # noqa: PTH110
@pytest.mark.parametrize("arguments", ["build --now 2025-05-01", "--help", "--version", "build --help"])
def test_a_full_stdout_is_no_traceback(site, arguments):
    command = f"exec {sys.executable} -m commentary {arguments} >{FULL}"
    result = subprocess.run(["sh", "-c", command], cwd=site, capture_output=True, text=True, check=False, timeout=120)

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr)


def test_in_1990_every_post_is_held_and_that_is_said(site):
    result = commentary(site, "build", environment={"SOURCE_DATE_EPOCH": "631152000"})

    assert result.returncode == 0, result.stderr
    assert f"{POST_PATH}:3: note held" in result.stderr
    assert not list((site / "output").glob("20*"))


def test_a_year_later_nothing_has_changed(site):
    before = tree(site / "output")

    assert commentary(site, "build", "--now", "2027-01-01").returncode == 0
    assert tree(site / "output") == before


DAMAGE = {
    "cut": lambda p: p.write_bytes(p.read_bytes()[: len(p.read_bytes()) // 2]),
    "flipped": lambda p: p.write_bytes(bytes(b ^ 1 for b in p.read_bytes())),
    "emptied": lambda p: p.write_bytes(b""),
    "another version": lambda p: p.write_bytes(p.read_bytes().replace(b'"version": 1', b'"version": 9')),
    "gone": lambda p: p.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_manifest_or_cache_costs_time_and_nothing_else(site, damage):
    before = tree(site / "output")
    kept = [p for p in (site / ".cache").rglob("*") if p.is_file()] if (site / ".cache").exists() else []
    for file in (site / "output" / MANIFEST, *kept):
        damage(file)

    result = commentary(site, *BUILD)

    assert result.returncode == 0, result.stderr
    assert tree(site / "output") == before


def test_a_manifest_that_is_a_folder_is_told_in_one_line(site):
    (site / "output" / MANIFEST).unlink()
    (site / "output" / MANIFEST).mkdir()
    before = tree(site / "output")
    change(site)

    assert MANIFEST in refused(commentary(site, *BUILD))
    assert tree(site / "output") == before


def test_a_cache_that_is_a_file_does_no_harm(site):
    subprocess.run(["rm", "-rf", str(site / ".cache")], check=True)
    (site / ".cache").write_text("a file")
    change(site)

    result = commentary(site, *BUILD)

    assert "Traceback" not in result.stderr
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("import nowhere_to_be_found", "nowhere_to_be_found"),
        ("PLUGINS = ['nowhere_to_be_found']", "nowhere_to_be_found"),
        ("import broken; PLUGINS = [commentary, broken]", "it is broken"),
        ("PLUGINS = []", "commentary"),
        ("1/0", "ZeroDivisionError"),
        ("def", "SyntaxError"),
    ],
    ids=["import", "missing plugin", "raising plugin", "without us", "raising settings", "unreadable settings"],
)
def test_a_plugin_or_settings_that_fail_stop_the_build_before_it_writes(tmp_path, line, told):
    broken = "def register():\n    raise RuntimeError('it is broken')\n"
    settings = f"\nimport sys; sys.path.insert(0, {str(tmp_path)!r})\n{line}\n"
    project = write_project(tmp_path / "project", settings=settings)
    (tmp_path / "broken.py").write_text(broken)

    result = commentary(project, *BUILD)

    assert result.returncode in (1, 2), result.stderr
    assert ONE_LINE.fullmatch(result.stderr), result.stderr
    assert told in result.stderr
    assert not (project / "output").exists()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "404.html",
            "{% extends 'base.html' %}\n{% block content %}\n{% if %}\n",
            "theme/templates/404.html:3: error template: ",
        ),
        (
            "404.html",
            "{% extends 'base.html' %}\n{% block content %}{{ site.nmae }}{% endblock %}",
            "404.html:2: error template: ",
        ),
        ("404.html", "{% extends 'nowhere.html' %}", "404.html:1: error template: "),
        ("macros/date.html", "{% macro %}", "macros/date.html:1: error template: "),
        ("base.html", "{{ 1 / 0 }}", "base.html:1: error template: "),
        ("404.html", "\n{% include '404.html' %}", "404.html:2: error template: "),
        ("404.html", "\udcff", "404.html:1: error template: "),
    ],
    ids=["syntax", "undefined", "missing", "macro", "raising", "endless", "no-text"],
)
def test_a_template_that_fails_is_a_finding_at_its_line(tmp_path, name, text, told):
    project = write_project(tmp_path / "project", settings="\nTHEME = 'theme'\n")
    subprocess.run(["cp", "-r", str(REPOSITORY / "theme"), str(project / "theme")], check=True)
    (project / "theme/templates" / name).write_text(text, "utf-8", "surrogateescape")

    result = commentary(project, *BUILD)

    assert result.returncode == 1, result.stderr
    assert [line for line in result.stderr.splitlines() if told in line], result.stderr
    assert "Traceback" not in result.stderr
    assert not list((project / "output").rglob("*.html"))
