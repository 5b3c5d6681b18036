"""A post's topics, story and publications, looked up in the vocabularies."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from commentary.findings import ERROR, Finding, found, nearest
from commentary.urls import host_of, slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.model import Post, Source
    from commentary.vocabulary import Publication, Vocabulary

_QUOTES = "“”„‘’‚«»‹›「」"  # which a word processor puts, and which YAML takes for letters
_PLAIN_YAML = re.compile(r"[^\W_][\w .'’&()/-]*")


def resolve(post: Post, vocabulary: Vocabulary) -> tuple[Post, list[Finding]]:
    """The post with slugs for topics and canonical names for publications, and what is not declared.

    If one of the findings is an error, the post cannot be built.
    """
    topics: dict[str, str] = {}  # slug -> name
    findings: list[Finding] = []
    for written in post.topics:
        if topic := vocabulary.topic(written):
            topics[topic.slug] = topic.name
        else:
            findings.append(_undeclared_topic(post, written, vocabulary))
    story = vocabulary.story(post.story) if post.story else None
    if post.story and not story and "unknown-story" not in post.allow:
        hint = nearest(post.story, (s.slug for s in vocabulary.stories))
        line = f"{slugify(post.story) or 'a-slug'}: {{title: {_yaml(_words(post.story))}}}"
        message = f"{post.story!r} is no declared story{_or(hint)} add to content/data/stories.yaml: {line}"
        findings.append(found(post.path, post.line("story"), "unknown-story", message))
    changed: dict[str, Any] = {"topics": tuple(topics), "story": story and story.slug}
    for name, works in (("sources", post.sources), ("related", post.related)):
        changed[name] = tuple(resolve_source(work, vocabulary) for work in works)
        for index, work in enumerate(changed[name]):
            findings.extend(_undeclared_publication(post, work, _places(name, index, work), vocabulary))
    entries = {
        p.name: p.model_dump(mode="json") for w in (*post.sources, *post.related) if (p := _publication(w, vocabulary))
    }
    shown = [topics, entries, story and story.title]
    changed["digest"] = sha256(f"{post.digest}{json.dumps(shown)}".encode()).hexdigest()
    return post.model_copy(update=changed), findings


def is_buildable(findings: list[Finding]) -> bool:
    """Whether none of a post's findings is an error."""
    return all(f.severity < ERROR for f in findings)


def resolve_source(source: Source, vocabulary: Vocabulary) -> Source:
    """The source with its publication's canonical name, and what the publication says in its place."""
    if not (entry := _publication(source, vocabulary)):
        return source
    return source.model_copy(
        update={
            "publication": entry.name,
            "lang": source.lang or entry.lang,
            "paywall": entry.paywall if source.paywall is None else source.paywall,
        }
    )


def _publication(source: Source, vocabulary: Vocabulary) -> Publication | None:
    if source.publication:
        return vocabulary.publication(source.publication)
    return vocabulary.publication_at(source.url) if source.url else None


def _undeclared_topic(post: Post, written: str, vocabulary: Vocabulary) -> Finding:
    places = (f"topics.{n}" for n, topic in enumerate(post.topics) if topic == written)
    declared = {name: t.slug for t in vocabulary.topics for name in (t.slug, t.name, *t.synonyms)}
    way = f"add to content/data/topics.yaml: {topic_declaration(written)}"
    if "," in written:
        way = f"for several topics write [{written}]"
    hint = nearest(written, declared)
    message = f"{written!r} is no declared topic{_or(hint)} {way}"
    if vocabulary.topic(bare := written.strip(_QUOTES)):
        message = f"{written!r} is no declared topic; did you mean {bare}? Take the quotation marks away"
    return found(post.path, post.line(*places, "topics"), "undeclared-topic", message)


def topic_declaration(written: str) -> str:
    """The line of topics.yaml that declares a topic: `sanctions: {name: Sanctions}`."""
    return f"{slugify(written) or 'a-slug'}: {{name: {_yaml(_words(written))}}}"


def _undeclared_publication(
    post: Post, source: Source, places: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[Finding]:
    host = host_of(source.url) if source.url else ""
    hosts = f"{{hosts: [{host}]}}" if host else "{}"
    known = vocabulary.publication(source.publication) if source.publication else None
    if source.publication and not (known and known.name == source.publication):
        hint = nearest(source.publication, [p.name for p in vocabulary.publications])
        way = f"add to content/data/publications.yaml: {_yaml(source.publication)}: {hosts}"
        message = f"{source.publication!r} is no declared publication{_or(hint)} {way}"
        yield found(post.path, post.line(*places), "undeclared-publication", message)
    elif host and not source.publication:
        way = f"name it under publication, or add to content/data/publications.yaml: NAME: {hosts}"
        message = f"no declared publication has the host {host}; {way}"
        yield found(post.path, post.line(*places), "undeclared-publication", message)


def _places(name: str, index: int, source: Source) -> tuple[str, ...]:
    """The keys of the front matter that may hold a source's publication, the nearest first."""
    at = f"related.{index}" if name == "related" else f"sources.{source.key}" if source.key else "source"
    return (f"{at}.publication", f"{at}.url", at, name)


def _or(hint: str) -> str:
    return f"{hint} Or" if hint else ";"


def _words(slug: str) -> str:
    """A slug as a name: `north-korea` -> `North korea`; a name stays as it is."""
    words = slug if " " in slug or slug != slug.lower() else slug.replace("-", " ")
    return words[:1].upper() + words[1:]


def _yaml(text: str) -> str:
    return text if _PLAIN_YAML.fullmatch(text) else json.dumps(text, ensure_ascii=False)
