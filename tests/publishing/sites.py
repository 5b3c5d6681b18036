"""A project with targets to publish to, and two states of its posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import POST, REPOSITORY, write_project
from tests.hardening.running import commentary

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

URL = "https://remarks.example"
TITLES = ("only a pause", "over at last")
POSTS = 8
TARGETS = """\
[tool.commentary.targets.live]
kind = "folder"
path = "www"

[tool.commentary.targets.remote]
kind = "rclone"
remote = "{remote}"
flags = {flags}
"""


def write_site(folder: Path, *, remote: str = "/nowhere", flags: str = "[]", url: str = URL) -> Path:
    """A project that can be published to the targets `live` and `remote`."""
    files = {
        "publishconf.py": (REPOSITORY / "publishconf.py").read_text("utf-8"),
        "pyproject.toml": TARGETS.format(remote=remote, flags=flags),
    }
    project = write_project(folder, {}, files=files)
    (project / "content/posts").mkdir(parents=True, exist_ok=True)
    write_posts(project, 0)
    assert url
    return project


def write_posts(project: Path, state: int) -> None:
    """Give the posts one of two titles; every page of theirs changes."""
    for number in range(POSTS):
        text = POST.replace("only a pause", TITLES[state]).replace("29/tariff", f"29/tariff-{number}")
        (project / f"content/posts/2025-04-30-number-{number}.md").write_text(text)


def publish(
    project: Path, target: str = "live", *arguments: str, **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Run `commentary publish` on a day after all posts."""
    return commentary(
        project, "publish", target, "--now", "2025-06-01", *arguments, environment={"SITEURL": URL} | environment
    )
