"""A site that is read all the while it is published, rolled back, killed and starved of disk: its readers notice nothing.

Every answer must be, byte for byte, what one release holds at that address:

- an *error* is an answer that does not come, or is not 200 (304 for who has the page already);
- *torn* is a body that no release holds at that address;
- a *mix* is a page of two releases, a page whose style sheet, script or icon is not that of its own release, or a
  release that was not served at that time: what a reader meets must follow the history of what was switched to.
"""

import random
import shutil
import subprocess
from dataclasses import dataclass, field

import pytest

from commentary.plan import MANIFEST
from commentary.publishing.manifest import read_manifest
from tests.factories import REPOSITORY
from tests.hardening.kills import kill_at
from tests.hardening.sizes import ROUNDS, tell
from tests.publishing import servers
from tests.publishing.readers import MARK, watch
from tests.publishing.sites import URL, publish, write_posts, write_site

SETTINGS = "\nSITENAME = 'Remarks release-' + os.environ['RELEASE']\nTHEME = {theme!r}\n"
KILLS = 2  # of each round


@dataclass
class Site:
    """A project, where it is published, and which releases readers were given."""

    project: object
    disk: object
    attempts: int = 0
    manifests: dict = field(default_factory=dict)  # release -> path -> hash
    history: list = field(default_factory=list)

    @property
    def current(self):
        return self.disk / "www/current"

    def prepare(self):
        """Change every page and the style sheet; the number stands in each page."""
        self.attempts += 1
        write_posts(self.project, self.attempts % 2)
        with (self.project / "theme/static/css/post.css").open("a") as css:
            css.write(f"\n@layer post {{ .release-{self.attempts} {{ order: {self.attempts} }} }}\n")

    def publish(self, *arguments):
        result = publish(self.project, "live", *arguments, RELEASE=str(self.attempts))
        self.look()
        return result

    def look(self):
        """Take down which release readers get now, and what it holds."""
        release = int(MARK.search((self.current / "index.html").read_bytes())[1])
        self.manifests.setdefault(release, read_manifest(self.current / MANIFEST))
        if self.history[-1:] != [release]:
            self.history.append(release)


@pytest.fixture(name="site")
def _site(tmp_path):
    """Published once, on a small disk if there can be one."""
    project, disk = write_site(tmp_path / "project"), tmp_path / "disk"
    disk.mkdir()
    shutil.copytree(REPOSITORY / "theme", project / "theme")
    with (project / "publishconf.py").open("a") as settings:
        settings.write(SETTINGS.format(theme=str(project / "theme")))
    (project / "pyproject.toml").write_text(f'[tool.commentary.targets.live]\nkind = "folder"\npath = "{disk}/www"\n')
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode
    site = Site(project, disk)
    site.prepare()
    assert site.publish().returncode == 0
    yield site
    if mounted:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture(name="port", params=["nginx", "python"])
def _port(request, site, tmp_path):
    if request.param == "python":
        with servers.python(site.current) as port:
            yield port
        return
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    conf = site.publish("--nginx")
    with servers.nginx(conf.stdout, tmp_path / "nginx") as port:
        yield port


def starve(site):
    """Publish onto a full disk, then again when there is room; without a small disk of our own, not at all."""
    if not site.disk.is_mount():
        return False
    site.prepare()
    assert site.publish().returncode == 0  # else what a killed one left makes room
    site.prepare()
    with (site.disk / "ballast").open("wb", buffering=0) as ballast:
        while ballast.write(b"x" * 4096) == 4096 and shutil.disk_usage(site.disk).free > 40_000:
            pass
    before = list(site.history)
    assert site.publish().returncode == 2
    assert site.history == before
    (site.disk / "ballast").unlink()
    return site.publish().returncode == 0


def test_readers_of_a_site_that_is_published_again_and_again_miss_nothing(site, port, monkeypatch):
    pages = sorted(
        path for path in site.manifests[1] if path.endswith((".html", ".atom", ".rss")) and path != "404.html"
    )
    chance = random.Random(5)
    full = 0
    monkeypatch.setenv("SITEURL", URL)
    with watch(port, pages) as readers:
        for _ in range(ROUNDS):
            site.prepare()
            assert site.publish().returncode == 0
            assert site.publish("--rollback").returncode == 0
            for _ in range(KILLS):
                site.prepare()
                monkeypatch.setenv("RELEASE", str(site.attempts))
                kill_at(site.project, ("publish", "live", "--now", "2025-06-01"), chance.uniform(0.3, 1.6))
                site.look()
            full += starve(site)
            site.prepare()
            assert site.publish().returncode == 0

    assert [error for reader in readers for error in reader["errors"]] == []
    assert [torn for reader in readers for torn in wrong(site, reader)] == []
    assert [mix for reader in readers for mix in reader["mixes"]] == []
    assert [reader["walk"] for reader in readers if not follows(reader["walk"], site.history)] == []
    assert len(site.history) >= 4 * ROUNDS
    assert all(len(reader["walk"]) > ROUNDS for reader in readers)
    assert sum(reader["answers"] for reader in readers) > 500 * ROUNDS
    tell(
        f"{sum(reader['answers'] for reader in readers)} answers of {len(site.history)} switches: 0 errors, torn, mixes"
    )
    if not full:
        pytest.skip("all held but for a full disk, which only root can mount")


def wrong(site, reader):
    """Answers that are not what the release holds that the page names."""
    for kind in ("pages", "assets"):
        for path, release, digest in reader[kind]:
            if site.manifests.get(release, {}).get(path) != digest:
                yield f"{path} of release {release}"


def follows(walk, history):
    """Whether releases were met in the order of history; some may have been missed."""
    rest = iter(history)
    return all(release in rest for release in walk)


def test_what_a_reader_meets_must_follow_history():
    assert follows([1, 3, 1], [1, 2, 3, 1])
    assert not follows([1, 3, 2], [1, 2, 3, 1])
