"""Damaged posts are refused with a path and a line each, or built; nothing else ever comes of them."""

import json
import subprocess

from tests.factories import REPOSITORY, write_project
from tests.folders import tree
from tests.hardening.damage import damaged_posts
from tests.hardening.running import commentary
from tests.hardening.sizes import DAMAGED_POSTS, tell
from tests.site.conftest import parse_errors


def test_no_damaged_post_ends_in_a_traceback_and_every_refusal_names_its_line(tmp_path):
    posts = damaged_posts(DAMAGED_POSTS, seed=20250430)
    project = write_project(tmp_path / "project")
    subprocess.run(["cp", "-r", str(REPOSITORY / "content/data"), str(project / "content")], check=True)
    folder = project / "content/posts"
    for name, data in posts.items():
        (folder / name).write_bytes(data)
    before = tree(project / "content")

    result = commentary(project, "check", "--format", "json", "--now", "2025-06-01")

    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    findings = json.loads(result.stdout)
    findings = findings["findings"] if isinstance(findings, dict) else findings
    refused = {f["path"] for f in findings if f["severity"] == "error"}
    assert len(refused) > DAMAGED_POSTS // 4  # the damage is damage
    assert len(refused) < DAMAGED_POSTS  # but some of it does not matter
    for finding in findings:
        file = project / finding["path"]
        lines = file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        assert 1 <= finding["line"] <= lines, finding
        assert finding["message"], finding
        assert finding["message"].isprintable(), finding
    assert tree(project / "content") == before
    tell(f"{DAMAGED_POSTS} damaged posts, {len(refused)} refused with {len(findings)} findings: 0 tracebacks")

    for path in refused:
        (project / path).unlink(missing_ok=True)
    built = commentary(project, "build", "--now", "2025-06-01")
    assert built.returncode == 0, built.stderr
    pages = sorted((project / "output").glob("20*/*/*/*/index.html"))
    assert len(pages) > 10
    assert {page.parent.name: parse_errors(page.read_bytes()) for page in pages[:40]} == {
        page.parent.name: [] for page in pages[:40]
    }
