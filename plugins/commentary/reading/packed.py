"""
Posts as plain data for marshal, and back: equal to what was packed, without being validated again.

A post is kept in two parts, by how often it is asked for them. Its head holds the plain values, of which every build
asks every post, and beside them the compound ones, still marshalled; its rest, the fields in `LAZY`, is packed apart.
"""

from __future__ import annotations

import marshal
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from commentary.dates import PartialDate
from commentary.model import LAZY, Correction, Excerpt, Paragraph, Post, Remark, Run, Source, Status, Translator, Via

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from commentary.values import Frozen

T = TypeVar("T", bound="Frozen")

# Each kind of value that is not plain is a tuple that begins with its number.
_TUPLE, _DICT, _MOMENT, _PARTIAL, _STATUS, _TRANSLATOR, _FIRST_MODEL = range(7)
_PLAIN = frozenset({str, int, bool, type(None)})
_MODELS: tuple[type[Frozen], ...] = (Post, Source, Via, Excerpt, Remark, Paragraph, Run, Correction)
_NUMBERS = {model: number for number, model in enumerate(_MODELS, start=_FIRST_MODEL)}
_FIELDS = [set(model.model_fields) for model in _MODELS]  # shared: pydantic copies a set before it adds to it
_DEFAULTS: list[dict[str, Any]] = [
    {name: field.default for name, field in model.model_fields.items() if not field.is_required()} for model in _MODELS
]
# Properties that a post would have to work out, and every build asks of all.
DERIVED = (
    *("permalink", "moment", "due", "day", "changed", "corrected", "reported", "publications", "cited", "mention"),
    *("works", "quotes", "pictured", "inward"),
)
_IN_HEAD = tuple(name for name in Post.model_fields if name not in LAZY)
_ALL = set(Post.model_fields)

Head = tuple[
    dict[str, Any], tuple[str, ...], bytes
]  # plain values; the names of the compound ones, and these marshalled
_POST_DEFAULTS = _DEFAULTS[0]
_set = object.__setattr__


def pack(*values: Any) -> bytes:
    """Values of a post. TypeError: they hold what no post has."""
    return marshal.dumps([_packed(value) for value in values])


def unpack(data: bytes, zone: ZoneInfo) -> list[Any]:
    """What was packed; moments are in `zone`."""
    return [_unpacked(value, zone) for value in marshal.loads(data)]  # noqa: S302 - of a file whose checksum is right


def pack_head(post: Post) -> Head:
    """All of a post but its lazy fields, as plain data."""
    _, plain, compound = _record(post, _IN_HEAD)
    derived = {name: getattr(post, name) for name in DERIVED}
    return plain | derived, tuple(name for name, _ in compound), marshal.dumps(compound)


def lazy_post(head: Head, load: Callable[[str], Any]) -> Post:
    """The post of a head. `load` gives each field that is compound or lazy, whenever it is asked for."""
    plain, names, _ = head
    values = {**_POST_DEFAULTS, **plain, "load": load}
    for name in names:
        values.pop(name, None)
    return _new(Post, values, _ALL)


def compound_fields(head: Head, zone: ZoneInfo) -> dict[str, Any]:
    """The fields of a head that are not plain, by their names; moments are in `zone`."""
    return {name: _unpacked(value, zone) for name, value in marshal.loads(head[2])}  # noqa: S302 - see `unpack`


def _packed(value: Any) -> Any:  # noqa: PLR0911 - one for each kind
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return (_TUPLE, *map(_packed, value))
    if kind in _NUMBERS:
        return _record(value, kind.model_fields)
    if kind is datetime:  # in the site's time zone, which is kept beside
        return (_MOMENT, value.fold, *value.timetuple()[:6], value.microsecond)
    if kind is PartialDate:
        return (_PARTIAL, *value)
    if kind is Status:
        return (_STATUS, value.value)
    if kind is Translator:
        return (_TRANSLATOR, value.value)
    if kind is dict:
        return (_DICT, dict(value))
    raise TypeError(f"{kind.__name__} cannot be packed")


def _record(value: Frozen, names: Iterable[str]) -> tuple[int, dict[str, Any], tuple[tuple[str, Any], ...]]:
    """A model as its number, its plain values, and the compound ones; defaults are left out."""
    number = _NUMBERS[type(value)]
    defaults = _DEFAULTS[number - _FIRST_MODEL]
    plain, compound = {}, []
    for name in names:
        field = getattr(value, name)
        if name in defaults and field == defaults[name]:
            continue
        if type(field) in _PLAIN or (type(field) is tuple and all(type(item) is str for item in field)):
            plain[name] = field
        else:
            compound.append((name, _packed(field)))
    return number, plain, tuple(compound)


def _unpacked(value: Any, zone: ZoneInfo) -> Any:  # noqa: PLR0911 - one for each kind
    if type(value) is not tuple:
        return value
    number = value[0]
    if number >= _FIRST_MODEL:
        at = number - _FIRST_MODEL
        values = {**_DEFAULTS[at], **value[1]}
        for name, field in value[2]:
            values[name] = _unpacked(field, zone)
        return _new(_MODELS[at], values, _FIELDS[at])
    if number == _TUPLE:
        return tuple([_unpacked(v, zone) if type(v) is tuple else v for v in value[1:]])
    if number == _DICT:
        return dict(value[1])
    if number == _MOMENT:
        year, month, day, hour, minute, second, micros = value[2:]
        return datetime(year, month, day, hour, minute, second, micros, zone, fold=value[1])
    if number == _PARTIAL:
        return PartialDate(*value[1:])
    return Status(value[1]) if number == _STATUS else Translator(value[1])


def _new(model: type[T], values: dict[str, Any], fields: set[str]) -> T:
    """What `model_construct` gives, four times as fast: all values are there, and right."""
    made = model.__new__(model)
    _set(made, "__dict__", values)
    _set(made, "__pydantic_fields_set__", fields)
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made
