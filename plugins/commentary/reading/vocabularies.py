"""content/data/: the declared topics, publications and stories."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from commentary.errors import PostSyntaxError
from commentary.findings import Finding, found, nearest
from commentary.reading.faults import faults
from commentary.reading.text import read_file
from commentary.reading.yaml_text import Tree, Value, read_yaml
from commentary.urls import check_slug, host_of
from commentary.values import Frozen
from commentary.vocabulary import Publication, Story, Topic, Vocabulary, fold

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.caching import Memo

Entry = TypeVar("Entry", bound=Frozen)
RULE = "vocabulary"


def load_vocabulary(folder: Path, root: Path) -> tuple[Vocabulary, list[Finding]]:
    """Read topics.yaml, publications.yaml and stories.yaml; one that is missing declares nothing.

    `folder` holds them; the paths of findings begin below `root`. Entries that are not as they must
    be are left out.
    """
    findings: list[Finding] = []

    def entries(name: str, entry: type[Entry], identity: str) -> tuple[Tree, str, tuple[Entry, ...]]:
        file = folder / name
        path = file.relative_to(root).as_posix()
        tree = _read(file, path, findings)
        return tree, path, tuple(_entries(tree, path, entry, identity, findings))

    lines, path, topics = entries("topics.yaml", Topic, "slug")
    findings.extend(_topic_clashes(topics, path, lines))
    lines, path, publications = entries("publications.yaml", Publication, "name")
    findings.extend(_publication_clashes(publications, path, lines))
    _, _, stories = entries("stories.yaml", Story, "slug")
    return Vocabulary(topics=topics, publications=publications, stories=stories), findings


def known_vocabulary(folder: Path, root: Path, memo: Memo) -> tuple[Vocabulary, list[Finding]]:
    """The same. What had no fault when it was read before is kept as JSON, which is read ten times as fast as YAML."""
    files = [folder / name for name in ("topics.yaml", "publications.yaml", "stories.yaml")]
    try:
        texts = [read_file(file, path=file.name) if os.path.lexists(file) else "" for file in files]
    except PostSyntaxError:
        return load_vocabulary(folder, root)

    def read() -> str | None:
        vocabulary, findings = load_vocabulary(folder, root)
        return None if findings else vocabulary.model_dump_json()

    known = memo.of(sha256(repr(texts).encode()).hexdigest(), read)
    return (Vocabulary.model_validate_json(known), []) if known else load_vocabulary(folder, root)


def _read(file: Path, path: str, findings: list[Finding]) -> Tree:
    if not (file.exists() or file.is_symlink()):
        return Tree({}, {})
    try:
        tree = read_yaml(read_file(file, path=path), path=path, folded=True)
    except PostSyntaxError as cause:
        findings.extend(replace(f, rule=RULE) for f in cause.findings)
        return Tree({}, {})
    findings.extend(replace(f, rule=RULE) for f in tree.findings)
    return tree


def _entries(tree: Tree, path: str, entry: type[Entry], identity: str, findings: list[Finding]) -> Iterator[Entry]:
    """The entries of one file; `identity`: the field that an entry's key fills."""
    known = tuple(name for name in entry.model_fields if name != identity)
    for key, written in tree.values.items():
        values: dict[str, Value] = {}
        if isinstance(written, dict):
            values = written
        elif written:  # nothing at all is an entry without facts
            findings.append(
                found(path, tree.lines[key], RULE, f"{key} is no mapping; write `key: value` lines below it")
            )
            continue
        try:
            if identity in values:
                raise ValueError(f"has the key {identity}, which its own key gives already; take it out")
            name = check_slug(key) if identity == "slug" else key
            defaults = {"name": _words(name)} if entry is Topic else {}
            yield entry.model_validate({**defaults, **values, identity: name})
        except ValidationError as cause:
            wrong = faults(cause, path=path, lines=tree.lines, known=lambda _: known, at=(key,))
            findings.extend(replace(f, rule=RULE) for f in wrong)
        except ValueError as cause:
            findings.append(found(path, tree.lines[key], RULE, f"{key}: {cause}"))


def _topic_clashes(topics: tuple[Topic, ...], path: str, tree: Tree) -> Iterator[Finding]:
    slugs = {t.slug for t in topics}
    parents = {t.slug: t.parent for t in topics}
    for topic in topics:
        if topic.parent and topic.parent not in slugs:
            message = f"{topic.slug}: the parent {topic.parent!r} is no declared topic{nearest(topic.parent, slugs) or '; declare it'}"
            yield found(path, _line(tree, topic.slug, "parent"), RULE, message)
        if topic.slug in _ancestors(topic.slug, parents):
            message = f"{topic.slug} is its own ancestor by way of its parent; take one parent out"
            yield found(path, _line(tree, topic.slug, "parent"), RULE, message)
    yield from _claimed_twice(
        ((t.slug, {fold(n): n for n in (t.slug, t.name, *t.synonyms)}) for t in topics), "synonyms", path, tree
    )


def _publication_clashes(publications: tuple[Publication, ...], path: str, tree: Tree) -> Iterator[Finding]:
    for publication in publications:
        for host in publication.hosts:
            if host != host_of(f"https://{host}") or "." not in host:
                way = (
                    f"write {host_of(host) or host_of(f'https://{host}')}"
                    if "." in host
                    else "write one such as news.example"
                )
                message = f"{publication.name}: {host!r} is no host; {way}"
                yield found(path, _line(tree, publication.name, "hosts"), RULE, message)
    yield from _claimed_twice(((p.name, {h: h for h in p.hosts}) for p in publications), "hosts", path, tree)
    yield from _claimed_twice(((p.name, {p.slug: p.name}) for p in publications), "name", path, tree)


def _claimed_twice(claims: Iterator[tuple[str, dict[str, str]]], key: str, path: str, tree: Tree) -> Iterator[Finding]:
    """A name that two entries would both answer to."""
    owners: dict[str, str] = {}
    for owner, names in claims:
        for folded, name in names.items():
            first = owners.setdefault(folded, owner)
            if first != owner:
                message = f"{owner}: {name!r} belongs to {first} already (line {tree.lines.get(first, 1)}); take it out of one"
                yield found(path, _line(tree, owner, key), RULE, message)


def _line(tree: Tree, *keys: str) -> int:
    return tree.lines.get(".".join(keys)) or tree.lines.get(keys[0], 1)


def _ancestors(slug: str, parents: dict[str, str | None]) -> list[str]:
    chain: list[str] = []
    above = parents.get(slug)
    while above and above not in chain:
        chain.append(above)
        above = parents.get(above)
    return chain


def _words(slug: str) -> str:
    words = slug.replace("-", " ")
    return words[:1].upper() + words[1:]
