"""Mend what is mechanical in posts and topics, keeping every other byte."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from commentary.errors import OutdatedError, OutputError, PostSyntaxError
from commentary.files import replace_file
from commentary.findings import nearest
from commentary.reading.front_matter import read_front_matter
from commentary.reading.repair import quote_values
from commentary.reading.resolve import topic_declaration
from commentary.reading.text import read_file
from commentary.reading.yaml_text import read_yaml
from commentary.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commentary.work.prepare import Prepared

TOPICS = "data/topics.yaml"


@dataclass(frozen=True, slots=True)
class Edit:
    """One file's text before and after; `path` is relative to the project's root, with `/`."""

    path: str
    before: str
    after: str

    def diff(self) -> str:
        """A unified diff of the two."""
        before, after = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        return "".join(unified_diff(before, after, f"a/{self.path}", f"b/{self.path}"))

    def write(self, root: Path) -> None:
        """Put the new text in the file's place. OutdatedError: its author saved another meanwhile, which stays."""
        file = root / self.path
        is_there = file.is_file()
        if (file.read_bytes() if is_there else b"") != self.before.encode():
            raise OutdatedError(f"{self.path} was saved meanwhile and stays as it is; run this again")
        mode = file.stat().st_mode if is_there else None
        try:
            replace_file(file, self.after.encode(), durable=True)
            if mode is not None:
                file.chmod(mode)
        except OSError as cause:
            raise OutputError(f"{self.path}: {cause.strerror or cause}; it stays as it was") from cause


def mend(checked: Prepared) -> tuple[Edit, ...]:
    """The edits that mend what a check found: quotes around values, new topics declared. Nothing is written.

    A topic that is near to a declared one is left to its author: it is likelier misspelt than new.
    """
    return (*_quoted(checked), *_declared(checked))


def _quoted(checked: Prepared) -> Iterator[Edit]:
    root = checked.settings.root
    for file in sorted((checked.settings.content / "posts").rglob("*.md")):
        if not file.is_file() or file.is_symlink() or "/." in f"/{file.relative_to(root).as_posix()}":
            continue  # no post: a check does not read it either
        try:
            before = file.read_bytes().decode()
        except UnicodeDecodeError:
            continue  # a finding of the check
        if (after := quote_values(before)) != before:
            yield Edit(file.relative_to(root).as_posix(), before, after)


def _declared(checked: Prepared) -> Iterator[Edit]:
    vocabulary = checked.corpus.vocabulary
    names = [name for topic in vocabulary.topics for name in (topic.slug, topic.name, *topic.synonyms)]
    new: dict[str, str] = {}
    for path in sorted({f.path for f in checked.findings if f.rule == "undeclared-topic"}):
        for topic in _topics(checked.settings.root / path):
            slug = slugify(topic)
            if slug and "," not in topic and not vocabulary.topic(slug) and not nearest(topic, names):
                new.setdefault(slug, topic)
    file = checked.settings.content / TOPICS
    path = file.relative_to(checked.settings.root).as_posix()
    if not new or any(f.path == path for f in checked.findings):  # what cannot be read has declared nothing
        return
    before = file.read_bytes().decode() if file.is_file() else ""
    gap = "\n" if before and not before.endswith("\n") else ""
    after = before + gap + "".join(f"{topic_declaration(topic)}\n" for topic in new.values())
    if read_yaml(after, path=path, folded=True).whole:  # `{}` or a list takes no further line
        yield Edit(path, before, after)


def _topics(file: Path) -> list[str]:
    try:
        topics = read_front_matter(read_file(file, path=file.name), path=file.name).tree.values.get("topics", [])
    except PostSyntaxError:
        return []
    return [topic for topic in ([topics] if isinstance(topics, str) else topics) if isinstance(topic, str)]
