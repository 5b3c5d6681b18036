"""All that a site is made from, read from its folders; every fault of every file is reported."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.errors import PostSyntaxError
from commentary.findings import Finding, found
from commentary.forks import cores, spread
from commentary.ledger import read_ledger
from commentary.reading.kept import KeptPosts
from commentary.reading.parse import parse_document
from commentary.reading.text import read_file
from commentary.reading.vocabularies import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.ledger import Ledger
    from commentary.model import Document, Post
    from commentary.settings import Settings
    from commentary.vocabulary import Vocabulary
    from commentary.work.progress import Progress

_IGNORED = re.compile(r"\..*|.*~|#.*#|.*\.(?:swp|swo|bak|orig|rej|tmp)")  # hidden, editors' swap and backup files
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


def load(settings: Settings, *, progress: Progress | None = None) -> Loaded:
    """Read content/data, content/posts and content/pages. Author's mistakes never raise. `progress`: of reading posts."""
    ledger, of_ledger = read_ledger(settings.content, settings.root)
    vocabulary, of_data = load_vocabulary(settings.content / "data", settings.root)
    kept = KeptPosts(settings, vocabulary)
    posts, of_posts = load_posts(settings, kept, progress=progress)
    documents, of_documents = load_documents(settings)
    posts = tuple(_with_known(post, ledger) for post in posts)
    findings = tuple(sorted([*of_data, *of_ledger, *of_posts, *of_documents]))
    return Loaded(posts, vocabulary, documents, ledger, findings, (kept.note,) if kept.note else ())


def _with_known(post: Post, ledger: Ledger) -> Post:
    """The post with a digest that covers what its page says of its sources."""
    facts = "".join(fact.model_dump_json() for fact in ledger.of_post(post))
    return post.model_copy(update={"digest": sha256(f"{post.digest}{facts}".encode()).hexdigest()}) if facts else post


def load_posts(
    settings: Settings, kept: KeptPosts, *, progress: Progress | None = None
) -> tuple[tuple[Post, ...], list[Finding]]:
    """All posts below content/posts that can be built, and the findings of all of them."""
    files, findings = _named(settings, "posts")
    if not settings.content.is_dir():  # without posts/ it is a site that has none yet: git keeps no empty folder
        path = settings.content.relative_to(settings.root).as_posix()
        findings.append(
            found(path, 1, "unreadable", "there is no such folder; create it, or mend PATH in the settings")
        )
    known = {path: read for path, file in files.items() if (read := kept.at_once(file, path))}
    todo = [(file, path) for path, file in files.items() if path not in known]
    with closing(spread(lambda at: kept.read(*at), todo, settings.jobs or cores())) as reads:
        shown = progress(reads, len(todo)) if progress else reads
        known |= zip((path for _, path in todo), shown, strict=True)
    posts: list[Post] = []
    for path in files:
        post, faults = kept.take(path, known[path])
        findings.extend(faults)
        posts += [post] if post else []
    kept.keep()
    return tuple(posts), findings


def load_documents(settings: Settings) -> tuple[tuple[Document, ...], list[Finding]]:
    """All pages of prose below content/pages, and the findings of all of them."""
    documents: list[Document] = []
    files, findings = _named(settings, "pages")
    for path, file in files.items():
        try:
            documents.append(parse_document(read_file(file, path=path), path=path))
        except PostSyntaxError as cause:
            findings.extend(cause.findings)
    return tuple(documents), findings


def _named(settings: Settings, folder: str) -> tuple[dict[str, Path], list[Finding]]:
    """The texts of a folder of the content, by their paths, and findings for those that are not to be opened."""
    files: dict[str, Path] = {}
    findings: list[Finding] = []
    for file in _files(settings.content / folder):
        path = file.relative_to(settings.root).as_posix()
        shown = _UNPRINTABLE.sub(lambda m: "".join(f"\\x{b:02x}" for b in os.fsencode(m[0])), path)
        if fault := _misplaced(file, shown, is_named_well=shown == path):
            findings.append(found(shown, 1, "unreadable", fault))
        else:
            files[path] = file
    return files, findings


def _files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that may be meant as a text, links to folders included, sorted."""
    files: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _IGNORED.fullmatch(name)]
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        named = (name for name in names if not _IGNORED.fullmatch(name))
        texts = (name for name in named if name.lower().endswith(".md") or _MISNAMED.fullmatch(name))
        files += (Path(parent, name) for name in (*linked, *texts))
    return iter(sorted(files))


def _misplaced(file: Path, shown: str, *, is_named_well: bool) -> str | None:
    """Why a file is not even opened."""
    if not is_named_well:
        return "the name holds bytes that are no text, or control characters; rename the file"
    if _MISNAMED.fullmatch(file.name):
        return (
            f"the name does not end in .md, so no page is made of it; rename it {Path(shown).stem}.md, or move it away"
        )
    return None
