"""The front matter of posts and pages: what its keys are, and what they become."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, WithJsonSchema

from commentary.dates import parse_moment
from commentary.findings import RULES, Finding, found, nearest
from commentary.model import Source, Status, Via
from commentary.reading.faults import Loc, faults, line_of, unknown_key
from commentary.urls import check_path, check_slug
from commentary.values import Frozen, Language, Names, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from zoneinfo import ZoneInfo

    from commentary.reading.yaml_text import Tree, Value

UNKNOWN = "unknown"  # the source is not recorded, and the page says so
SOURCE_KEYS = tuple(name for name in Source.model_fields if name != "key")

_FEED_ID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def _moment(value: Any, info: ValidationInfo) -> Any:
    zone: Any = info.context  # the site's
    return parse_moment(value, zone) if isinstance(value, str) and value else value


def _source(value: Any) -> Any:
    """An address alone is a source with that address."""
    if isinstance(value, str) and value:
        return {"url": value}
    if (
        isinstance(value, dict)
        and value
        and all(isinstance(v, dict) and k not in SOURCE_KEYS for k, v in value.items())
    ):
        raise ValueError("holds sources by their short ids; write sources")
    return value


def _single(value: Any) -> Any:
    if isinstance(value, list):
        raise ValueError("is a list; for several, give each a short id under sources")
    return None if value == UNKNOWN else _source(value)


def _several(value: Any) -> Any:
    if not value or isinstance(value, list | str):
        raise ValueError("is no mapping; give each source a short id of its own, or write source")
    if set(value) <= set(SOURCE_KEYS):
        raise ValueError("holds the keys of one source; write source, or give each source a short id of its own")
    return {key: _source(each) for key, each in value.items()}


def _related(value: Any) -> Any:
    return tuple(map(_source, value if isinstance(value, list) else [value])) if value else value


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,) if isinstance(value, str) and value else value


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise ValueError("is empty; name at least one")
    return names


def _names_a_work(source: Source) -> Source:
    if not (source.url or source.publication or source.agency or source.headline or source.byline):
        raise ValueError("names no work; give it a url or a publication, or write `source: unknown`")
    return source


def _feed_id(text: str) -> str:
    if not _FEED_ID.fullmatch(text):
        raise ValueError(f"{text!r} is not a feed id; give the former one whole, such as tag:… or https://…")
    return text


_DATE = {"type": "string", "examples": ["2025-04-30 09:00", "2025-04-30"]}
_SLUG = {"type": "string", "maxLength": 100}

Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema(_DATE)]
Slug = Annotated[str, AfterValidator(check_slug), WithJsonSchema(_SLUG)]
Path = Annotated[str, AfterValidator(check_path), WithJsonSchema({"type": "string", "pattern": "^/"})]
Work = Annotated[Source, AfterValidator(_names_a_work)]


class CorrectionKeys(Frozen):
    """A correction as it is written."""

    date: Moment = Field(description="When we corrected it.")
    note: Text = Field(description="What was wrong, in plain words.")
    was: Text | None = Field(None, description="The former wording.")


class PostKeys(Frozen):
    """The front matter of a post."""

    title: Text = Field(description="Our title; it runs to the end of its line.")
    date: Moment | None = Field(
        None, description="When we posted; a date alone is midday. Default: the file name's date."
    )
    topics: Annotated[Names, AfterValidator(_some)] = Field(
        description="Slugs, names or synonyms declared in content/data/topics.yaml."
    )
    source: Annotated[Work | None, BeforeValidator(_single)] = Field(
        None, description="The work quoted: its address, or what is known of it, or `unknown`."
    )
    sources: Annotated[dict[Slug, Work], BeforeValidator(_several)] = Field(
        {}, description="Several works, each under a short id that ends its excerpts: `> — id`."
    )
    related: Annotated[tuple[Work, ...], BeforeValidator(_related)] = Field(
        (), description="Further reports of the same event, or the primary document."
    )
    slug: Slug | None = Field(None, description="Last part of the permalink. Default: the file name less its date.")
    author: Text | None = Field(None, description="Our writer, not the source's. Default: the site's author.")
    status: Annotated[Status, Field(strict=False)] = Field(
        Status.PUBLISHED, description="A withdrawn post answers at its address with the reason."
    )
    reason: Text | None = Field(None, description="Why the post was withdrawn.")
    story: Text | None = Field(None, description="A thread declared in content/data/stories.yaml.")
    summary: Text | None = Field(None, description="One plain sentence for lists and cards. Default: the first remark.")
    updated: Moment | None = Field(None, description="When we last changed what the post says.")
    corrections: Annotated[tuple[CorrectionKeys, ...], BeforeValidator(_tuple)] = Field(
        (), description="Shown on the post, on the page of corrections and in its feed."
    )
    aliases: Annotated[tuple[Path, ...], BeforeValidator(_tuple)] = Field(
        (), description="Addresses this post had before, from the root: /2025/04/29/old-slug/."
    )
    id: Annotated[Text, AfterValidator(_feed_id)] | None = Field(
        None, description="A feed id kept from elsewhere, verbatim."
    )
    lang: Language | None = Field(None, description="Language of our words. Default: the site's.")
    allow: Names = Field((), description="Rules that this post is excused from.")

    @property
    def works(self) -> tuple[Source, ...]:
        """The sources, each with the short id it has under `sources`."""
        if self.source:
            return (self.source,)
        return tuple(source.model_copy(update={"key": key}) for key, source in self.sources.items())


class DocumentKeys(Frozen):
    """The front matter of a page of prose."""

    title: Text
    slug: Slug | None = None
    summary: Text | None = None
    lang: Language | None = None


Keys = TypeVar("Keys", bound=Frozen)


def read_keys(
    keys: type[Keys], tree: Tree, *, path: str, zone: ZoneInfo | None = None
) -> tuple[Keys | None, list[Finding]]:
    """The typed keys, None if they cannot be right, and every fault of them, the tree's included."""
    findings = list(tree.findings)
    if not tree.whole:
        return None, findings
    typed: Keys | None = None
    wrong: list[Finding] = []
    try:
        typed = keys.model_validate(tree.values, context=zone)
    except ValidationError as cause:
        wrong.extend(faults(cause, path=path, lines=tree.lines, known=lambda loc: _known(keys, loc)))
    if keys is PostKeys:
        wrong.extend(_across(tree, path))
        wrong = _unindented(tree, path, wrong)
    named = {f.line for f in findings}  # a value that was cut short is not also a bad value
    findings.extend(f for f in wrong if f.rule != "bad-value" or f.line not in named)
    return (None if findings else typed), findings


def likely_sources(tree: Tree) -> tuple[Source, ...]:
    """Of keys that are not sound: as much of the sources as attributions name, if that much can be told."""
    try:
        if isinstance(sources := tree.values.get("sources"), dict):
            return tuple(Source(key=key) for key in _several(sources))
        source = _single(tree.values.get("source", UNKNOWN))
        return (Source.model_validate(source),) if source else ()
    except ValueError:
        return ()


def _across(tree: Tree, path: str) -> Iterator[Finding]:
    """What no key can know alone."""
    values = tree.values

    def at(loc: Loc, rule: str, message: str) -> Finding:
        return found(path, line_of(loc, tree.lines), rule, message)

    if "source" not in values and "sources" not in values:
        yield at((), "missing-key", "source is missing; add `source: https://…` or `source: unknown`")
    if "source" in values and "sources" in values:
        yield at(("sources",), "bad-value", "source and sources are both given; keep one of the two")
    if values.get("status") == Status.WITHDRAWN and "reason" not in values:
        yield at(
            ("status",), "missing-key", "reason is missing, and readers of a withdrawn post want it; add `reason: …`"
        )
    if "reason" in values and values.get("status") != Status.WITHDRAWN:
        yield at(
            ("reason",), "bad-value", "reason is given and the post not withdrawn; add `status: withdrawn` or drop it"
        )
    for loc, each in _written_sources(values):
        if isinstance(each, dict) and "key" in each:  # a field of Source, but none of an author's
            yield at((*loc, "key"), "unknown-key", unknown_key((*loc, "key"), SOURCE_KEYS))
    allowed = values.get("allow", [])
    for number, rule in enumerate([allowed] if isinstance(allowed, str) else allowed):
        if isinstance(rule, str) and rule and rule not in RULES:
            hint = nearest(rule, RULES) or "; `commentary explain` lists all"
            yield at(("allow", str(number)), "unknown-rule", f"allow names {rule!r}, which is no rule{hint}")


def _unindented(tree: Tree, path: str, wrong: list[Finding]) -> list[Finding]:
    """The findings, in which one stands for all of a source whose keys are not indented under it."""
    beside = [key for key in tree.values if key in SOURCE_KEYS and key not in PostKeys.model_fields]
    if tree.values.get("source") or "source" not in tree.values or not beside:
        return wrong
    those = {tree.lines[key] for key in ("source", *beside)}
    message = (
        f"source is empty, because what belongs to it begins its line; indent these under source: {', '.join(beside)}"
    )
    return [*(f for f in wrong if f.line not in those), found(path, tree.lines["source"], "bad-value", message)]


def _written_sources(values: dict[str, Value]) -> Iterator[tuple[Loc, Value]]:
    yield ("source",), values.get("source", "")
    sources, related = values.get("sources"), values.get("related")
    if isinstance(sources, dict):
        yield from ((("sources", key), each) for key, each in sources.items())
    if isinstance(related, list):
        yield from ((("related", str(number)), each) for number, each in enumerate(related))


def _known(keys: type[Frozen], loc: Loc) -> Collection[str]:
    """The keys that may stand at a place of the front matter."""
    if not loc:
        return tuple(keys.model_fields)
    if loc[0] == "corrections":
        return tuple(CorrectionKeys.model_fields)
    return tuple(Via.model_fields) if len(loc) > (1 if loc[0] == "source" else 2) else SOURCE_KEYS
