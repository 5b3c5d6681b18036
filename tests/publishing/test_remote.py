"""`commentary publish` through rclone, to a local remote."""

import shutil

import pytest

from commentary.plan import MANIFEST
from tests.factories import REPOSITORY
from tests.folders import tree
from tests.hardening.running import ONE_LINE
from tests.publishing.sites import publish, write_posts, write_site

pytestmark = pytest.mark.skipif(not shutil.which("rclone"), reason="rclone is not installed")


@pytest.fixture(name="remote")
def _remote(tmp_path):
    return tmp_path / "bucket"


@pytest.fixture(name="project")
def _project(tmp_path, remote):
    return write_site(tmp_path / "project", remote=f":local:{remote}")


def test_a_site_is_uploaded_whole_and_a_second_run_transfers_nothing(project, remote):
    first = publish(project, "remote")
    assert first.returncode == 0, first.stderr
    times = {p: p.stat().st_mtime_ns for p in remote.rglob("*")}

    second = publish(project, "remote")

    assert (second.returncode, second.stdout) == (0, "")
    assert "nothing to publish" in second.stderr
    assert {p: p.stat().st_mtime_ns for p in remote.rglob("*")} == times
    stage = {
        k: v for k, v in tree(project / ".cache/publish/remote/site").items() if not k.startswith(".commentary.new")
    }
    assert tree(remote) == stage


def test_only_what_changed_is_transferred_and_what_is_gone_goes(project, remote):
    (project / "content/extra").mkdir()
    (project / "content/extra/old.txt").write_text("old")
    assert publish(project, "remote").returncode == 0
    (remote / "theirs.txt").write_text("somebody's")
    write_posts(project, 1)
    (project / "content/extra/old.txt").unlink()

    result = publish(project, "remote")

    assert result.returncode == 0, result.stderr
    assert "1 removed" in result.stdout
    assert not (remote / "old.txt").exists()
    assert (remote / "theirs.txt").read_text() == "somebody's"
    assert "over at last" in (remote / "2025/04/30/number-0/index.html").read_text()


def test_a_style_sheet_that_pages_in_caches_ask_for_stays(project, remote):
    assert publish(project, "remote").returncode == 0
    shutil.copytree(REPOSITORY / "theme", project / "theme")
    with (project / "theme/static/css/post.css").open("a") as css:
        css.write("\n@layer post { .turn { order: 1 } }\n")
    with (project / "publishconf.py").open("a") as settings:
        settings.write("\nTHEME = 'theme'\n")

    assert publish(project, "remote").returncode == 0
    assert len(list((remote / "theme").glob("site.*.css"))) == 2


def test_an_upload_that_was_cut_off_is_taken_up_again(project, remote):
    """Until the manifest is there, nothing is taken for done."""
    assert publish(project, "remote").returncode == 0
    whole = tree(remote)
    (remote / MANIFEST).unlink()
    (remote / "index.html").write_text("torn")

    assert publish(project, "remote").returncode == 0
    assert tree(remote) == whole


def test_a_remote_that_does_not_answer_is_one_line(tmp_path):
    project = write_site(tmp_path / "project", remote="nobody-configured-this:bucket")

    result = publish(project, "remote")

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr.splitlines(keepends=True)[-1])
    assert "Traceback" not in result.stderr


def test_without_rclone_it_says_so(project, tmp_path):
    (tmp_path / "bin").mkdir()

    result = publish(project, "remote", PATH=str(tmp_path / "bin"))

    assert result.returncode == 2
    assert "rclone is not installed" in result.stderr
