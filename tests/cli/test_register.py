"""`commentary register`: what is new on stdout, the rest on stderr; nothing is written unless asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.running import commentary
from tests.factories import POST, write_project

if TYPE_CHECKING:
    from pathlib import Path

FILE = "content/data/register.json"
PERMALINK = "/2025/04/30/tariff-pause/"


def test_new_addresses_are_listed_and_nothing_is_written(tmp_path: Path) -> None:
    result = commentary("register", folder=write_project(tmp_path))

    assert result.exit_code == 0
    assert PERMALINK in result.stdout.splitlines()
    assert result.stderr.endswith("new (not written; --update does)\n")
    assert not (tmp_path / FILE).exists()


def test_update_writes_them_once(tmp_path: Path) -> None:
    write_project(tmp_path)

    first = commentary("register", "--update", "--now", "2025-05-01", folder=tmp_path)
    written = (tmp_path / FILE).read_bytes()
    again = commentary("register", "--update", "--now", "2025-06-01", folder=tmp_path)

    assert first.stderr.endswith("new (written)\n")
    assert json.loads(written)[PERMALINK]["first"] == "2025-05-01"
    assert (again.stdout, again.stderr[-12:]) == ("", "(unchanged)\n")
    assert (tmp_path / FILE).read_bytes() == written


def test_check_then_holds_the_post_to_it(tmp_path: Path) -> None:
    """Removing a file, changing a slug, editing an excerpt: one error each; mending typography: none."""
    write_project(tmp_path)
    commentary("register", "--update", folder=tmp_path)
    post = tmp_path / "content/posts/2025-04-30-tariff-pause.md"

    def errors() -> list[str]:
        lines = commentary("check", folder=tmp_path).stdout.splitlines()
        return [line for line in lines if " error " in line]

    post.write_text(POST.replace("We will pause", "We shall pause"), "utf-8")
    (altered,) = errors()
    post.write_text(POST.replace("title:", "slug: other\ntitle:"), "utf-8")
    (moved,) = errors()
    post.write_text(POST.replace("calls it relief,", "calls it  “relief”,").replace("“relief”", "relief"), "utf-8")
    mended = errors()
    post.unlink()
    (gone,) = errors()

    assert altered.startswith("content/posts/2025-04-30-tariff-pause.md:13: error altered-excerpt: ")
    assert moved.startswith("content/posts/2025-04-30-tariff-pause.md:2: error lost-address: ")
    assert moved.endswith(f"add `aliases: [{PERMALINK}]`")
    assert mended == []
    assert gone.startswith(f"{FILE}:")
    assert "status: withdrawn" in gone


def test_a_site_with_errors_is_not_entered(tmp_path: Path) -> None:
    write_project(tmp_path, {"2025-04-30-a.md": POST.replace("title:", "titel:")})

    result = commentary("register", "--update", folder=tmp_path)

    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert not (tmp_path / FILE).exists()
