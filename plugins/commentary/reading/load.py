"""All that a site is made from, read from its folders; every fault of every file is reported."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.errors import PostSyntaxError
from commentary.findings import Finding, found
from commentary.forks import spread
from commentary.ledger import read_ledger
from commentary.model import Document
from commentary.reading.caches import Caches
from commentary.reading.kept import KeptPosts
from commentary.reading.parse import parse_document
from commentary.reading.text import read_file
from commentary.reading.undeclared import missing_topics, uncertain
from commentary.reading.unread import IGNORED, nothing_is_astray
from commentary.reading.vocabularies import known_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from commentary.caching import Memo
    from commentary.ledger import Ledger
    from commentary.model import Post
    from commentary.settings import Settings
    from commentary.vocabulary import Vocabulary
    from commentary.work.progress import Progress

_MISNAMED = re.compile(r".*\.(?:markdown|mdown|mkdn?|mdx|txt)", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site's content. Posts and documents that cannot be built are left out; `findings` says why."""

    posts: tuple[Post, ...]  # in the order of their paths; drafts, held and withdrawn ones too
    vocabulary: Vocabulary
    documents: tuple[Document, ...]
    ledger: Ledger
    findings: tuple[Finding, ...]  # of all files, sorted; `allow` and the site's severities are not applied
    notes: tuple[str, ...] = ()  # of the cache, a line each
    uncertain: tuple[Finding, ...] = ()  # not told while content/data has a fault, as they may be none without it


def load(
    settings: Settings,
    *,
    caches: Caches | None = None,
    progress: Progress | None = None,
    seen: Mapping[str, object] | None = None,
) -> Loaded:
    """Read content/data, content/posts and content/pages. Author's mistakes never raise.

    `caches`: None: those of the settings. `progress`: of reading posts. `seen`: the marks of files by their paths, of
    somebody who has just looked at them.
    """
    caches = caches or Caches.of(settings.cache)
    caches.index.again()
    ledger, of_ledger = read_ledger(settings.content, settings.root)
    memo = caches.memos["texts"]
    folder = settings.content / "data"
    vocabulary, of_data = known_vocabulary(folder, settings.root, memo)
    kept = KeptPosts(settings, vocabulary, caches.index)
    posts, of_posts = load_posts(settings, kept, progress=progress, seen=seen)
    documents, of_documents = load_documents(settings, memo)
    memo.keep()
    posts = tuple(_with_known(post, ledger) for post in posts) if ledger.sources else posts
    of_data += missing_topics(of_posts, folder, settings.root)
    untold = uncertain(of_posts, of_data)
    told = (f for f in of_posts if f not in untold)
    findings = tuple(sorted([*of_data, *of_ledger, *told, *of_documents, *nothing_is_astray(settings)]))
    notes = (kept.note,) if kept.note else ()
    return Loaded(posts, vocabulary, documents, ledger, findings, notes, tuple(sorted(untold)))


def _with_known(post: Post, ledger: Ledger) -> Post:
    """The post with a digest that covers what its page says of its sources."""
    if ledger.sources.keys().isdisjoint(post.cited):
        return post
    facts = "".join(fact.model_dump_json() for fact in ledger.of_post(post))
    return post.model_copy(update={"digest": sha256(f"{post.digest}{facts}".encode()).hexdigest()}) if facts else post


def content_is_there(settings: Settings) -> list[Finding]:
    """A finding if there is no content folder; one without posts/ has none yet: git keeps no empty folder."""
    if settings.content.is_dir():
        return []
    path = settings.content.relative_to(settings.root).as_posix()
    return [found(path, 1, "unreadable", "there is no such folder; create it, or mend PATH in the settings")]


def load_posts(
    settings: Settings, kept: KeptPosts, *, progress: Progress | None = None, seen: Mapping[str, object] | None = None
) -> tuple[tuple[Post, ...], list[Finding]]:
    """All posts below content/posts that can be built, and the findings of all of them."""
    files, findings = _named(settings, "posts")
    seen = seen or {}
    findings += content_is_there(settings)
    known = {path: read for path, file in files.items() if (read := kept.at_once(path, file, seen.get(file.path)))}
    todo = [path for path in files if path not in known]
    posts: list[Post] = []
    with closing(spread(kept.read, todo, settings.processes)) as results:
        shown = iter(progress(results, len(todo)) if progress else results)
        for path in files:
            post, faults = kept.take(path, known[path] if path in known else next(shown))
            findings.extend(faults)
            posts += [post] if post else []
    kept.keep()
    return tuple(posts), findings


def load_documents(settings: Settings, memo: Memo) -> tuple[tuple[Document, ...], list[Finding]]:
    """All pages of prose below content/pages, and the findings of all of them."""
    documents: list[Document] = []
    files, findings = _named(settings, "pages")
    for path, file in files.items():
        try:
            text = read_file(Path(file.path), path=path)
            digest = sha256(f"{path}\n{text}".encode()).hexdigest()
            known = memo.of(digest, lambda: parse_document(text, path=path).model_dump_json())  # noqa: B023 - called here
            documents.append(Document.model_validate_json(known))
        except PostSyntaxError as cause:
            findings.extend(cause.findings)
    return tuple(documents), findings


def _named(settings: Settings, folder: str) -> tuple[dict[str, os.DirEntry[str]], list[Finding]]:
    """The texts of a folder of the content, by their sorted paths, and findings for those that are not to be opened."""
    files: dict[str, os.DirEntry[str]] = {}
    findings: list[Finding] = []
    root = os.fspath(settings.root)
    for file in _files(os.fspath(settings.content / folder)):
        path = file.path[len(root) :].replace(os.sep, "/").lstrip("/")
        shown = path if path.isprintable() else _UNPRINTABLE.sub(_escaped, path)
        if fault := _misplaced(file.name, is_named_well=shown == path):
            findings.append(found(shown, 1, "unreadable", fault))
        else:
            files[path] = file
    return files, findings


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(match[0]))


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder that may be meant as a text, links to folders included, in the order of their paths."""
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError:  # the folder need not be there
        return
    for entry in entries:
        name = entry.name
        if not (name.endswith(".md") and name[0].isalnum()) and IGNORED.fullmatch(name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif name.lower().endswith(".md") or _MISNAMED.fullmatch(name) or entry.is_dir():
            yield entry


def _misplaced(name: str, *, is_named_well: bool) -> str | None:
    """Why a file is not even opened."""
    if not is_named_well:
        return "the name holds bytes that are no text, or control characters; rename the file"
    if not name.endswith(".md") and _MISNAMED.fullmatch(name):
        return (
            f"the name does not end in .md, so no page is made of it; rename it {Path(name).stem}.md, or move it away"
        )
    return None
