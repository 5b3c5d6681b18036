"""Posts that were read before are what reading them again would give."""

import os
import time

import pytest

from commentary.caching import mark, read_kept
from commentary.errors import OutdatedError
from commentary.model import Post
from commentary.reading import kept as module
from commentary.reading.caches import Caches
from commentary.reading.load import load
from commentary.reading.parse import parse_post
from tests.factories import POST, TOPICS_YAML, ZONE, make_settings, write_project

NAME = "2025-04-30-tariff-pause.md"
RICH = """\
---
title: "Who said what: 관세, “again”"
date: 2025-04-29T23:30:00-05:00
topics: [trade, diplomacy]
story: tariff-dispute
sources:
  herald:
    publication: The Herald
    url: https://herald.example/2025/04/29/tariff-pause
    published: ~2025-04
    via: {name: A friend, url: https://friend.example/}
    translation: author
  courier: {publication: The Courier, url: https://courier.example/a, byline: [A, B], paywall: true}
related: https://portal.example/doc
updated: 2025-05-01
corrections:
  - {date: 2025-05-01 10:00, note: The number was wrong., was: 80 days}
aliases: [/old/]
lang: en-GB
allow: [unchecked]
---
A remark with *emphasis*:

> “We will pause [the tariffs] for ninety days,” the minister said. […]
>
> A caption.
> {: .caption }
>
> — herald

> 관세를 유예한다.
> {: .original }

> “We know nothing of it.”
>
> — courier

So importers should plan for the day after.
"""


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_project(tmp_path, {NAME: POST, "2025-04-30-rich.md": RICH, "broken.md": "---\ntitle: x\n"})


@pytest.fixture(name="reads")
def _reads(monkeypatch):
    """The paths that are parsed from now on."""
    parsed = []

    def parse(text, *, path, **how):
        parsed.append(path.rpartition("/")[2])
        return parse_post(text, path=path, **how)

    monkeypatch.setattr(module, "parse_post", parse)
    return parsed


def aged(project):
    """Let the files be older than the clock of any file system is coarse."""
    for file in (project / "content/posts").iterdir():
        os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns - 10_000_000_000))


def whole(loaded):
    """Every field of every post, those too that are read only when they are asked for."""
    return [{name: getattr(post, name) for name in Post.model_fields} for post in loaded.posts]


def test_what_was_kept_is_what_was_read(project, reads):
    """Field for field, zones and findings too; what cannot be read is read each time."""
    first = load(make_settings(project))
    assert sorted(reads) == ["2025-04-30-rich.md", NAME, "broken.md"]
    assert len(first.posts) == 2
    reads.clear()

    again = load(make_settings(project))

    assert reads == ["broken.md"]
    assert (whole(again), again.findings) == (whole(first), first.findings)
    assert [p.posted.tzinfo for p in again.posts] == [p.posted.tzinfo for p in first.posts]
    parsed = [parse_post(text, path=p.path, zone=ZONE) for p, text in zip(again.posts, (RICH, POST), strict=True)]
    assert [p.parts for p in again.posts] == [p.parts for p in parsed]
    assert [p.model_dump_json() for p in again.posts] == [p.model_dump_json() for p in first.posts]


def test_whoever_holds_the_caches_reads_none_twice(project, reads, monkeypatch):
    """And knows what was saved since all the same, also what somebody else was the first to read."""
    settings, kept = make_settings(project), []
    caches = Caches.of(settings.cache)
    load(settings, caches=caches)
    aged(project)
    load(settings, caches=caches)
    monkeypatch.setattr("commentary.caching.read_kept", lambda file: pytest.fail(f"{file} is read again"))
    monkeypatch.setattr("commentary.tables.read_kept", lambda file: kept.append(file.name) or read_kept(file))
    reads.clear()
    assert whole(load(settings, caches=caches)) == whole(load(settings, caches=caches))
    assert (kept, reads) == ([], ["broken.md", "broken.md"])

    (project / "content/posts" / NAME).write_text(POST.replace("only a pause", "over at last"))
    monkeypatch.setattr("commentary.caching.read_kept", read_kept)
    other = load(settings)
    reads.clear()

    assert whole(load(settings, caches=caches)) == whole(other)
    assert reads.count(NAME) <= 1


def test_an_edit_of_the_same_size_and_time_is_seen(project):
    """While the clock may not have moved on, content alone is believed."""
    settings = make_settings(project)
    load(settings)
    file = project / "content/posts" / NAME
    status = file.stat()
    file.write_text(POST.replace("only a pause", "over at last"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert "The tariff pause is over at last" in [post.title for post in load(settings).posts]


def test_what_somebody_has_looked_at_is_not_looked_at_again(project):
    """Whoever looks at all files before a build says what they were; what is not so is looked at."""
    settings = make_settings(project)
    load(settings)
    aged(project)
    load(settings)
    file = project / "content/posts" / NAME
    marks = {str(file): mark(file.stat(), time.time_ns())}
    file.write_text(POST.replace("only a pause", "over at last"))

    titles = [{post.title for post in load(settings, seen=seen).posts} for seen in (marks, {str(file): "a hash"}, None)]

    assert ["The tariff pause is over at last" in found for found in titles] == [False, True, True]


def test_touched_files_are_not_parsed_again(project, reads):
    settings = make_settings(project)
    load(settings)
    aged(project)
    reads.clear()

    load(settings)

    assert reads == ["broken.md"]


def test_a_topic_that_is_declared_otherwise_is_resolved_anew(project, reads):
    settings = make_settings(project)
    load(settings)
    reads.clear()
    topics = project / "content/data/topics.yaml"
    topics.write_text(
        TOPICS_YAML.replace("trade:\n", "commerce:\n")
        .replace("name: Trade\n", "synonyms: [trade]\n  name: Trade\n")
        .replace("  synonyms: [Tariffs, Commerce]\n", "")
    )

    again = load(settings)

    assert reads == ["broken.md"]
    assert {post.topics[0] for post in again.posts} == {"commerce"}
    assert whole(again) == whole(load(make_settings(project, cache=project / "other")))


def test_a_publication_that_is_called_otherwise_has_its_attributions_read_anew(tmp_path, reads):
    """What an excerpt may name is what its source is called."""
    text = POST.replace("  publication: The Herald\n", "").replace("[…]\n", "[…]\n>\n> — The Herald\n")
    project = write_project(tmp_path, {NAME: text})
    assert len(load(make_settings(project)).posts) == 1
    reads.clear()
    file = project / "content/data/publications.yaml"
    file.write_text(file.read_text().replace("The Herald:", "The Daily Herald:"))

    again = load(make_settings(project))

    assert reads == [NAME]
    assert [f.rule for f in again.findings] == ["attribution"]


def test_a_damaged_cache_is_said_and_all_is_read(project, reads):
    settings = make_settings(project)
    first = load(settings)
    kept = settings.cache / "posts/index"
    kept.write_bytes(kept.read_bytes()[:-7])
    reads.clear()

    again = load(settings)

    assert again.notes == (f"{kept} is damaged; everything is made anew",)
    assert len(reads) == 3
    assert whole(again) == whole(first)


def test_what_is_asked_for_seldom_is_read_again_where_it_is_damaged(project, reads):
    settings = make_settings(project)
    first = whole(load(settings))
    (rests,) = (settings.cache / "posts").glob("rests.*")
    rests.write_bytes(bytes(len(rests.read_bytes())))
    reads.clear()

    again = load(settings)

    assert reads == ["broken.md"]
    assert whole(again) == first
    assert sorted(reads[1:]) == ["2025-04-30-rich.md", NAME]


def test_where_what_is_asked_for_seldom_is_gone_all_is_read_and_kept_again(project, reads):
    """Else no post that changes later would ever be kept."""
    settings = make_settings(project)
    load(settings)
    (rests,) = (settings.cache / "posts").glob("rests.*")
    rests.unlink()
    load(settings)
    (project / "content/posts" / NAME).write_text(POST.replace("only a pause", "over at last"))
    load(settings)
    reads.clear()

    whole(load(settings))

    assert reads == ["broken.md"]


def test_a_file_that_changed_since_is_not_taken_for_what_was_read(project):
    settings = make_settings(project)
    load(settings)
    (rests,) = (settings.cache / "posts").glob("rests.*")
    rests.write_bytes(bytes(len(rests.read_bytes())))
    posts = {post.path.rpartition("/")[2]: post for post in load(settings).posts}
    (project / "content/posts" / NAME).write_text(POST + "More.\n")

    with pytest.raises(OutdatedError, match=f"^content/posts/{NAME} changed while"):
        _ = posts[NAME].parts
    assert posts["2025-04-30-rich.md"].parts


def test_what_no_post_holds_any_more_does_not_pile_up(project):
    """However often a post is edited, the cache stays below twice what it needs, and what is not worth the work."""
    settings = make_settings(project)
    file = project / "content/posts" / NAME
    for revision in range(60):
        file.write_text(POST + f"Revision {revision}. " * 1_000)
        load(settings)

    (rests,) = (settings.cache / "posts").glob("rests.*")
    assert rests.stat().st_size < 2_000_000
    assert "Revision 59" in next(p for p in load(settings).posts if p.path.endswith(NAME)).remarks[-1].text


def test_two_processes_read_what_one_reads(tmp_path):
    posts = {f"2025-04-30-number-{n}.md": POST.replace("29/tariff", f"29/tariff-{n}") for n in range(150)}
    project = write_project(tmp_path, posts | {"broken.md": "---\n"})

    one, two = (load(make_settings(project, cache=project / f"cache-{n}", jobs=n)) for n in (1, 2))

    assert len(one.posts) == 150
    assert (whole(one), one.findings) == (whole(two), two.findings)
