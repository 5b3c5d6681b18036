"""`commentary publish` to a folder: whole releases, switched at once, back if wanted."""

import json
import shutil
import subprocess
import threading
from os import environ
from pathlib import Path

import pytest

from commentary.plan import MANIFEST
from commentary.publishing.folder import ReleaseFolder
from commentary.publishing.place import Changes
from tests.factories import POST, REPOSITORY
from tests.folders import tree
from tests.hardening.kills import Killer
from tests.hardening.running import ONE_LINE, only_findings
from tests.hardening.sizes import KILLS, tell
from tests.publishing.sites import POSTS, TITLES, URL, publish, write_posts, write_site


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_site(tmp_path / "project")


@pytest.fixture(name="live")
def _live(project):
    """The project, published once."""
    assert publish(project).returncode == 0
    return project


def served(project):
    return tree(project / "www/current")


def test_a_first_publishing_makes_a_release_and_enters_every_address(project):
    result = publish(project)

    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("current is release 000001 now\n")
    assert f"number-{POSTS - 1}" in "".join(served(project))
    register = json.loads((project / "content/data/register.json").read_text())
    assert register["/2025/04/30/number-0/"]["kind"] == "post"


def test_a_second_publishing_finds_nothing_to_do(live):
    before = (live / "www/current").readlink(), served(live)

    result = publish(live)

    assert (result.returncode, result.stdout) == (0, "")
    assert "nothing to publish" in result.stderr
    assert ((live / "www/current").readlink(), served(live)) == before


def test_releases_share_what_did_not_change(live):
    write_posts(live, 1)
    assert publish(live).returncode == 0
    page = "about/index.html" if (live / "www/current/about").exists() else "404.html"

    assert (live / f"www/releases/000001/{page}").stat().st_ino == (live / f"www/releases/000002/{page}").stat().st_ino
    changed = "2025/04/30/number-0/index.html"
    assert (live / f"www/releases/000001/{changed}").read_bytes() != (
        live / f"www/releases/000002/{changed}"
    ).read_bytes()


def test_a_dry_run_lists_the_changes_and_makes_none(live):
    write_posts(live, 1)
    (live / "content/posts/2025-05-01-new.md").write_text(
        POST.replace("date: 2025-04-30 09:00\n", "").replace("/2025/04/29/tariff", "/new/tariff")
    )
    before = tree(live / "www"), (live / "content/data/register.json").read_bytes()

    result = publish(live, "live", "--dry-run")

    assert result.returncode == 0, result.stderr
    assert "+ 2025/05/01/new/index.html" in result.stdout.splitlines()
    assert "* 2025/04/30/number-0/index.html" in result.stdout.splitlines()
    assert (tree(live / "www"), (live / "content/data/register.json").read_bytes()) == before


def test_rollback_brings_the_release_before_back(live):
    before = served(live)
    write_posts(live, 1)
    assert publish(live).returncode == 0
    assert served(live) != before

    result = publish(live, "live", "--rollback")

    assert (result.returncode, served(live)) == (0, before)
    assert ONE_LINE.fullmatch(publish(live, "live", "--rollback").stderr)
    assert publish(live).returncode == 0
    assert served(live) != before


def test_rollback_passes_over_a_release_that_is_damaged(live):
    """Emptied, or a page of it cut short: readers get one that is whole, or keep what they have."""
    first, releases = served(live), live / "www/releases"
    for turn in (1, 0, 1):
        write_posts(live, turn)
        assert publish(live).returncode == 0
    (releases / "000003/index.html").unlink()
    (releases / "000003/index.html").write_text("<p>")
    shutil.rmtree(releases / "000002")
    (releases / "000002").mkdir()

    assert publish(live, "live", "--rollback").returncode == 0

    assert ((live / "www/current").readlink().name, served(live)) == ("000001", first)


def test_rollback_refuses_where_no_release_is_whole(live):
    write_posts(live, 1)
    assert publish(live).returncode == 0
    before = served(live)
    (live / "www/releases/000001/.commentary.json").unlink()

    result = publish(live, "live", "--rollback")

    assert (result.returncode, served(live)) == (2, before)
    assert ONE_LINE.fullmatch(result.stderr)


@pytest.mark.parametrize("damage", [Path.exists, Path.mkdir], ids=["gone", "folder"])
def test_a_page_that_the_current_release_has_lost_is_published_again(live, damage):
    """Though the posts are as they were."""
    before = served(live)
    (live / "www/releases/000001/index.html").unlink()
    damage(live / "www/releases/000001/index.html")

    assert publish(live).returncode == 0

    assert served(live) == before


def test_the_last_five_releases_are_kept(live):
    for turn in range(1, 7):
        write_posts(live, turn % 2)
        assert publish(live).returncode == 0

    kept = sorted(p.name for p in (live / "www/releases").iterdir())
    assert kept == [f"{n:06}" for n in range(3, 8)]
    assert (live / "www/current").readlink().name == "000007"


def test_an_old_release_that_cannot_be_removed_fails_no_publishing(tmp_path, monkeypatch):
    """Readers have the new one by then; the next publishing tries again."""
    place = ReleaseFolder(tmp_path / "www", keep=2)

    def release():
        with place.stage() as stage:
            (stage / MANIFEST).write_text("{}")
            return place.switch(stage, (), Changes((), (), ()))

    for _ in range(2):
        release()
    with monkeypatch.context() as patch:
        patch.setattr("os.rmdir", refuse)
        told = release()

    assert told.endswith("current is release 000003 now; 000001, which nobody needs, cannot be removed")
    assert release().endswith("current is release 000004 now")
    assert sorted(path.name for path in place.releases.iterdir()) == ["000003", "000004"]


def refuse(*_, **__):
    raise PermissionError(13, "Permission denied")


def test_readers_of_any_kept_release_get_its_style_sheet(live):
    """Also after a rollback; and the release that they are reading stays, however old a rollback has made it."""
    (live / "pyproject.toml").write_text('[tool.commentary.targets.live]\nkind = "folder"\npath = "www"\nkeep = 2\n')
    shutil.copytree(REPOSITORY / "theme", live / "theme")
    with (live / "publishconf.py").open("a") as settings:
        settings.write("\nTHEME = 'theme'\n")
    seen = []
    for turn in (1, 2):
        with (live / "theme/static/css/post.css").open("a") as css:
            css.write(f"\n@layer post {{ .turn {{ order: {turn} }} }}\n")
        assert publish(live).returncode == 0
        seen.append({path for path in served(live) if path.startswith("theme/site.")})
    assert len(seen[0] | seen[1]) == 3

    assert publish(live, "live", "--rollback").returncode == 0

    assert seen[1] <= served(live).keys()
    before = (live / "www/current").readlink()
    write_posts(live, 1)
    assert publish(live).returncode == 0
    assert (live / "www" / before).is_dir()
    assert len(list((live / "www/releases").iterdir())) == 2


def test_without_an_address_nothing_is_built(project):
    result = publish(project, SITEURL="")

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr)
    assert "SITEURL" in result.stderr
    assert not (project / "www").exists()


def test_a_broken_post_publishes_nothing(live):
    before = served(live)
    write_posts(live, 1)
    (live / "content/posts/2025-05-01-broken.md").write_text("---\ntitle: x\n")

    result = publish(live)

    assert any("2025-05-01-broken.md" in line for line in only_findings(result))
    assert served(live) == before


def test_a_link_to_a_missing_post_is_found_in_the_built_site(live):
    before = served(live)
    text = POST.replace(
        "So importers", "[Earlier](/2025/04/01/nothing/), [here](#nowhere) and [there](/topics/#x), so importers"
    )
    (live / "content/posts/2025-05-01-linking.md").write_text(
        text.replace("date: 2025-04-30 09:00\n", "").replace("/2025/04/29/tariff", "/new/tariff")
    )

    result = publish(live)

    assert result.returncode == 1
    found = [line for line in result.stderr.splitlines() if "dead-link" in line and "(in /2025/05/01" in line]
    assert len(found) == 3, result.stderr
    assert all(line.startswith("content/posts/2025-05-01-linking.md:") for line in found)
    assert served(live) == before


def test_a_draft_and_a_held_post_stay_away(live):
    (live / "content/posts/2025-05-01-secret.md").write_text(
        POST.replace("title:", "status: draft\ntitle:").replace("04-30", "05-01")
    )
    (live / "content/posts/2027-05-01-later.md").write_text(POST.replace("2025-04-30", "2027-05-01"))

    assert publish(live).returncode == 0
    assert not [name for name in served(live) if "secret" in name or "later" in name]


def test_no_setting_lets_readers_have_a_draft_or_a_held_post(project):
    """COMMENTARY_DRAFTS is for whoever writes; what is published is promised for ever."""
    with (project / "publishconf.py").open("a") as settings:
        settings.write("\nCOMMENTARY_DRAFTS = True\n")

    test_a_draft_and_a_held_post_stay_away(project)

    assert "secret" not in (project / "content/data/register.json").read_text()


def test_a_publishing_killed_at_any_moment_leaves_one_whole_site(live):
    """What is served is wholly the old site or wholly the new, whenever the publishing died, and the next one succeeds."""
    whole = []
    for state in (1, 0):
        write_posts(live, state)
        assert publish(live).returncode == 0
        whole.append(served(live))
    command = ("publish", "live", "--now", "2025-06-01")
    write_posts(live, 1)
    environ["SITEURL"] = URL
    try:
        killer = Killer(live, command, seed=11)
        for turn in range(KILLS):
            write_posts(live, turn % 2)
            killer.strike()
            assert served(live) in whole, f"turn {turn}, killed after {killer.moment:.3f} s"
        assert killer.killed >= KILLS // 3
        tell(f"{KILLS} publishings started, {killer.killed} killed: 0 sites but the old or the new")
    finally:
        del environ["SITEURL"]
    write_posts(live, 0)
    assert publish(live).returncode == 0
    assert served(live) == whole[1]
    assert not list((live / "www/releases").glob(".*"))


def test_a_full_disk_publishes_nothing(live, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        (live / "pyproject.toml").write_text(f'[tool.commentary.targets.live]\nkind = "folder"\npath = "{disk}"\n')
        assert publish(live).returncode == 0
        before = tree(disk / "current")
        _fill(disk)
        write_posts(live, 1)

        result = publish(live)

        assert result.returncode == 2, result.stderr
        assert [line for line in result.stderr.splitlines() if line.startswith("error: ")]
        assert tree(disk / "current") == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _fill(disk):
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


def test_two_publishings_at_once_leave_one_whole_site(live):
    write_posts(live, 1)
    results = []
    threads = [threading.Thread(target=lambda: results.append(publish(live))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(r.returncode for r in results) in ([0, 0], [0, 2])
    posts = [data.decode() for name, data in served(live).items() if "number" in name and name.endswith(".html")]
    assert posts
    assert [post for post in posts if TITLES[1] not in post] == []
    assert MANIFEST in served(live)


def test_a_fact_that_is_still_a_guess_is_not_published(project):
    post = project / "content/posts/2025-04-30-number-0.md"
    sure = post.read_text()
    post.write_text(sure.replace("  headline:", "  # guess, confirm\n  headline:"))

    refused = publish(project)

    assert refused.returncode == 1
    assert "2025-04-30-number-0.md:8: error unconfirmed-guess: " in refused.stderr
    assert not (project / "www/current").exists()
    post.write_text(sure)
    assert publish(project).returncode == 0
