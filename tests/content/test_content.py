"""What the ten shipped posts, their vocabularies and the pages promise, read as plain text and YAML."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from commentary.dates import PartialDate, parse_moment
from commentary.settings import load_settings
from commentary.urls import host_of
from commentary.vocabulary import fold
from commentary.work.prepare import survey

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
PAGES = ("about", "colophon", "contributing", "corrections-policy", "how-we-quote", "security")
MOST_WORDS = 60  # of others' text in one post


@dataclass(frozen=True)
class Shipped:
    """A post's file: its front matter as text, its quoted lines and its remark."""

    path: Path
    fields: dict[str, Any]
    excerpt: str
    remark: str

    @property
    def sources(self) -> list[dict[str, str]]:
        """The source, if it is recorded, and the related reports."""
        source = self.fields["source"]
        return [*([] if source == "unknown" else [source]), *self.fields.get("related", [])]

    @property
    def posted(self) -> datetime:
        return parse_moment(self.fields["date"], ZoneInfo("Asia/Seoul"))


def declared(name: str) -> dict[str, Any]:
    """A file of content/data/, every scalar as text."""
    entries = yaml.load((CONTENT / "data" / name).read_text("utf-8"), yaml.CBaseLoader)
    assert entries, f"{name} declares nothing"
    return entries


def read_post(path: Path) -> Shipped:
    before, front, body = path.read_text("utf-8").split("---\n", 2)
    assert before == ""
    lines = [line for line in body.splitlines() if line.strip()]
    quoted = [line.removeprefix(">").strip() for line in lines if line.startswith(">")]
    return Shipped(
        path=path,
        fields=yaml.load(front, yaml.CBaseLoader),
        excerpt="\n".join(line for line in quoted if not line.startswith("{:")),
        remark="\n".join(line for line in lines if not line.startswith(">")),
    )


POSTS = sorted(
    (read_post(path) for path in CONTENT.glob("posts/**/*.md")), key=lambda post: post.fields["date"], reverse=True
)
every_post = pytest.mark.parametrize("post", POSTS, ids=lambda post: post.path.stem)


def test_ten_posts_are_shipped():
    assert len(POSTS) == 10


@every_post
def test_excerpts_of_a_post_stay_within_sixty_words(post):
    """Captions and the editor's marks count too."""
    assert 20 <= len(post.excerpt.split()) <= MOST_WORDS


@every_post
def test_remark_is_not_outweighed(post):
    assert len(post.excerpt.split()) <= 3 * len(post.remark.split())


@every_post
def test_remark_leads_into_the_excerpt(post):
    """Our words come first, and their first paragraph ends as a lead does."""
    lead = post.remark.splitlines()[0]
    assert post.path.read_text("utf-8").split("---\n", 2)[2].startswith(lead)
    assert lead.endswith((":", "."))


@every_post
def test_file_is_named_after_its_day(post):
    day = f"{post.posted:%Y-%m-%d}"
    assert post.path.parent.name == day[:4]
    assert re.fullmatch(rf"{day}-[a-z]+(-[a-z]+)*", post.path.stem)


@every_post
def test_no_source_is_newer_than_its_post(post):
    dates = [PartialDate.parse(source["published"]) for source in post.sources if "published" in source]
    assert all(published.first <= post.posted.date() for published in dates)


@every_post
def test_topics_are_declared_under_their_slugs(post):
    assert post.fields["topics"]
    assert set(post.fields["topics"]) <= declared("topics.yaml").keys()


@every_post
def test_publications_are_declared(post):
    names = {source["publication"] for source in post.sources}
    assert names
    assert names <= declared("publications.yaml").keys()


@every_post
def test_address_of_a_source_is_at_its_publication(post):
    publications = declared("publications.yaml")
    for source in post.sources:
        if "url" in source:
            assert host_of(source["url"]) in publications[source["publication"]]["hosts"]


def test_moments_of_posting_differ():
    assert len({post.posted for post in POSTS}) == len(POSTS)


def test_marks_of_the_excerpts_are_in_play():
    """Elisions of three hands, interpolations, a source's own ellipsis and a caption occur in the shipped posts."""
    text = "\n".join(post.path.read_text("utf-8") for post in POSTS)
    for mark in ("[…]", "(….)", "(…..)", "[that it engaged]", "[Democratic Party]", " …,” ", "> {: .caption }"):
        assert mark in text


def test_sources_are_known_to_every_degree():
    """A source with an address, one without, and one not recorded."""
    sources = [post.fields["source"] for post in POSTS]
    assert sources.count("unknown") == 3
    assert sum(source != "unknown" and "url" in source for source in sources) == 5
    assert sum(source != "unknown" and "url" not in source for source in sources) == 2


def test_one_story_runs_through_four_posts():
    stories = [post.fields["story"] for post in POSTS if "story" in post.fields]
    assert stories == ["north-korean-troops-in-russia"] * 4
    assert declared("stories.yaml").keys() == set(stories)


def test_correction_follows_its_post():
    corrected = [post for post in POSTS if "corrections" in post.fields]
    assert len(corrected) == 1
    (correction,) = corrected[0].fields["corrections"]
    assert parse_moment(correction["date"], ZoneInfo("Asia/Seoul")) > corrected[0].posted
    assert correction["was"] not in corrected[0].remark


def test_every_topic_is_used_and_described():
    topics = declared("topics.yaml")
    assert topics.keys() == {slug for post in POSTS for slug in post.fields["topics"]}
    for topic in topics.values():
        assert topic["name"]
        assert re.fullmatch(r"[A-Z].+\.", topic["description"])
        assert topic.get("parent", "north-korea") in topics


def test_no_two_topics_share_a_name():
    written = [
        name
        for slug, topic in declared("topics.yaml").items()
        for name in {fold(slug), fold(topic["name"])} | {fold(synonym) for synonym in topic.get("synonyms", [])}
    ]
    assert sorted(written) == sorted(set(written))


def test_declared_hosts_are_those_that_sources_have():
    """A host nobody quoted is a guess."""
    hosts = [host for entry in declared("publications.yaml").values() for host in entry.get("hosts", [])]
    assert sorted(hosts) == sorted({host_of(s["url"]) for post in POSTS for s in post.sources if "url" in s})


def test_pages_are_those_that_readers_need():
    assert {path.stem for path in CONTENT.glob("pages/*.md")} >= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_page_has_a_title_a_summary_and_links_that_lead_somewhere(name):
    front, body = (CONTENT / "pages" / f"{name}.md").read_text("utf-8").split("---\n", 2)[1:]
    fields = yaml.load(front, yaml.CBaseLoader)
    assert fields.keys() == {"title", "summary"}
    assert len(body.split()) > 50
    assert set(re.findall(r"\]\(\.\./([^)]+)/\)", body)) <= {*PAGES, "corrections"}


def test_shipped_content_breaches_no_rule():
    """No error, no warning and not even a note, of every post the site ships, but that its sources are unread."""
    after_all = datetime(2025, 5, 1, 12, tzinfo=ZoneInfo("Asia/Seoul"))
    surveyed = survey(load_settings(ROOT / "pelicanconf.py"), now=after_all)
    assert [finding.rule for finding in surveyed.findings] == ["unchecked"]
    assert len(surveyed.corpus.posts) == len(POSTS)


def test_settings_can_be_read():
    settings = load_settings(ROOT / "pelicanconf.py")
    assert settings.site.name == "Parallel Remarks"
    assert settings.site.host == "parallel-remarks.example"


def publish_settings(siteurl: str | None) -> subprocess.CompletedProcess[str]:
    """Load publishconf.py in a program of its own, from another folder."""
    environment = {key: value for key, value in os.environ.items() if key != "SITEURL"}
    program = (
        "import sys; from pathlib import Path; from commentary.settings import load_settings; "
        "print(load_settings(Path(sys.argv[1])).site.url)"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(ROOT / "publishconf.py")],
        env=environment | ({"SITEURL": siteurl} if siteurl else {}),
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_publishing_needs_an_address_from_the_environment():
    assert publish_settings("https://remarks.example").stdout == "https://remarks.example\n"
    refused = publish_settings(None)
    assert refused.returncode != 0
    assert refused.stderr.count("\n") == 1
    assert "SITEURL" in refused.stderr
