"""Edit after edit, as authors make them: no address is lost, no id changes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from commentary.findings import ERROR
from commentary.plan.page import index_path
from commentary.settings import load_settings
from commentary.work.prepare import prepare, survey
from commentary.work.register import enter
from tests.factories import NOW, POST, write_project
from tests.site.conftest import build

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.published import Register

EDITS = 200
TODAY = date(2025, 5, 1)


@dataclass
class Draft:
    """A post as its author sees it: a file's name and front matter."""

    words: str
    name: str
    slug: str
    day: date = date(2025, 4, 30)
    clock: str = "09:00"
    title: str = "A title"
    topics: list[str] = field(default_factory=lambda: ["trade"])
    aliases: list[str] = field(default_factory=list)
    withdrawn: bool = False

    @property
    def permalink(self) -> str:
        return f"/{self.day:%Y/%m/%d}/{self.slug}/"

    @property
    def text(self) -> str:
        keys = [
            f"title: {self.title}",
            f"slug: {self.slug}",
            f"date: {self.day} {self.clock}",
            f"topics: [{', '.join(self.topics)}]",
            f"aliases: [{', '.join(self.aliases)}]" if self.aliases else "",
            "status: withdrawn\nreason: The source retracted it." if self.withdrawn else "",
        ]
        _, rest = POST.split("topics: [trade]\n")
        return "---\n" + "\n".join(key for key in keys if key) + "\n" + rest.replace("relief", self.words)


class Author:
    """Makes one random edit after another, each as the messages of `check` ask for it."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.drafts = [Draft(f"relief number {n}", f"2025/{n}.md", f"post-{n}") for n in range(6)]
        self.site = "https://remarks.example"
        self.count = 0

    def edit(self) -> str:
        """The name of what was done."""
        self.count += 1
        draft = self.dice.choice(self.drafts)
        kind = self.dice.choice(["title", "time", "day", "slug", "alias", "topics", "moved", "status", "site"])
        match kind:
            case "title":
                draft.title = f"Title {self.count}"
            case "time":
                draft.clock = f"{self.dice.randrange(24):02}:{self.dice.randrange(60):02}"
            case "day" | "slug":
                self.rename(draft, kind)
            case "alias":
                self.insert(draft, f"/imported/{self.count}/")
            case "topics":
                draft.topics = self.dice.choice([["trade"], ["diplomacy"], ["diplomacy", "trade"]])
            case "moved":
                draft.name = f"{self.dice.choice('abc')}/{self.count}.md"
            case "status":
                draft.withdrawn = not draft.withdrawn
            case "site":
                self.site = f"https://host-{self.count}.example{self.dice.choice(['', '/blog'])}"
        return kind

    def rename(self, draft: Draft, kind: str) -> None:
        self.insert(draft, draft.permalink)
        if kind == "day":
            draft.day = date(2025, 4, 29) - timedelta(days=self.count)
        else:
            draft.slug = f"slug-{self.count}"

    def insert(self, draft: Draft, alias: str) -> None:
        draft.aliases.insert(self.dice.randrange(len(draft.aliases) + 1), alias)

    def save(self, folder: Path) -> None:
        for file in (folder / "content/posts").rglob("*.md"):
            file.unlink()
        posts = {draft.name: draft.text for draft in self.drafts}
        register = folder / "content/data/register.json"
        kept = {"content/data/register.json": register.read_text("utf-8")} if register.exists() else {}
        settings = f'\nSITEURL = "{self.site}"\nCOMMENTARY_FEED_HOST = "remarks.example"\n'
        write_project(folder, posts, settings=settings, files=kept)


def publish(folder: Path) -> Register:
    prepared = prepare(load_settings(folder / "pelicanconf.py"), now=NOW)
    return enter(prepared, today=TODAY, write=True).register


@pytest.mark.parametrize("seed", [5])
def test_200_random_edits_lose_no_address_and_change_no_id(tmp_path, seed):
    """Title, time, day and slug (with the alias), aliases anywhere, topics, file, status, SITEURL; a real build last."""
    author, edits = Author(seed), set()
    author.save(tmp_path)
    ids = {draft.words: publish(tmp_path).rows[draft.permalink].id for draft in author.drafts}
    promised: set[str] = set()

    for _ in range(EDITS):
        edits.add(author.edit())
        author.save(tmp_path)
        checked = survey(load_settings(tmp_path / "pelicanconf.py"), now=NOW)
        assert [f for f in checked.findings if f.severity is ERROR] == []
        assert promised <= {page.address for page in checked.plan}
        register = enter(checked, today=TODAY, write=True).register
        promised = set(register.rows)
        assert {draft.words: register.rows[draft.permalink].id for draft in author.drafts} == ids

    assert len(edits) == 9
    assert len(promised) > 90
    result = build(tmp_path / "output", "--now", NOW.isoformat(), project=tmp_path)
    assert result.returncode == 0, result.stderr
    assert [a for a in promised if not (tmp_path / "output" / index_path(a)).is_file()] == []
    shown = {draft.permalink: ids[draft.words] for draft in author.drafts if not draft.withdrawn}
    entries = feedparser.parse((tmp_path / "output/feed.atom").read_bytes()).entries
    assert {entry.link.removeprefix(author.site): entry.id for entry in entries} == shown
    assert shown


def test_a_broken_promise_is_never_entered_as_kept(tmp_path):
    """What `check` refuses cannot be written into the register: its errors come first."""
    author = Author(0)
    author.save(tmp_path)
    publish(tmp_path)
    before = (tmp_path / "content/data/register.json").read_bytes()
    author.drafts[0].words = "relief number 0"
    author.drafts.pop()
    author.save(tmp_path)

    findings = survey(load_settings(tmp_path / "pelicanconf.py"), now=NOW).findings

    assert [f.rule for f in findings if f.severity is ERROR] == ["lost-address"]
    with pytest.raises(Exception, match="lost-address"):
        publish(tmp_path)
    assert (tmp_path / "content/data/register.json").read_bytes() == before


def test_a_finding_stands_at_the_registers_own_line(tmp_path):
    author = Author(0)
    author.save(tmp_path)
    publish(tmp_path)
    gone = author.drafts.pop().permalink
    author.save(tmp_path)

    findings = survey(load_settings(tmp_path / "pelicanconf.py"), now=NOW).findings
    (finding,) = (f for f in findings if f.rule == "lost-address")

    assert finding.path == "content/data/register.json"
    assert (tmp_path / finding.path).read_text("utf-8").split("\n")[finding.line - 1].startswith(f'"{gone}": ')
