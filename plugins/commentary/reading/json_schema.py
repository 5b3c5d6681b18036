"""The front matter's JSON Schema, for editors: completion and faults while one types."""

from __future__ import annotations

from typing import Any

from commentary.findings import RULES
from commentary.reading.schema import UNKNOWN, PostKeys

Schema = dict[str, Any]

_ADDRESS = {"type": "string", "pattern": "^https?://"}
_ONE: Schema = {"anyOf": [_ADDRESS, {"$ref": "#/$defs/Source"}]}
_SOURCE_KEYS = {
    "publication": "The outlet, by its name in content/data/publications.yaml. Default: by the host of `url`.",
    "agency": "Whose copy the publication carries.",
    "url": "Missing: print, broadcast, or not known.",
    "headline": "The source's own; it runs to the end of its line.",
    "byline": "The source's writers.",
    "published": "As far as it is known: 2025, 2025-04, 2025-04-28, ~2025-04-28.",
    "accessed": "When we last read it.",
    "via": "Where we found it.",
    "memento": "The address of an archived copy.",
    "lang": "The language it is written in. Default: the publication's.",
    "translation": "Who translated the excerpt.",
    "paywall": "Default: the publication's.",
}


def json_schema() -> Schema:
    """The JSON Schema (2020-12) of a post's front matter."""
    schema = _tidy(PostKeys.model_json_schema())
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Front matter of a post",
        "oneOf": [{"required": ["source"]}, {"required": ["sources"]}],
    }
    keys = schema["properties"]
    keys["source"] |= {"anyOf": [{"const": UNKNOWN}, *_ONE["anyOf"]]}
    keys["source"].pop("$ref", None)
    keys["sources"] |= {"additionalProperties": _ONE, "minProperties": 1}
    keys["related"] |= {"items": _ONE}
    keys["allow"] |= {"anyOf": [{"enum": list(RULES)}, {"type": "array", "items": {"enum": list(RULES)}}]}
    source = schema["$defs"]["Source"]["properties"]
    del source["key"]
    for key, description in _SOURCE_KEYS.items():
        source[key]["description"] = description
    return schema


def _tidy(node: Any) -> Any:
    """Without what pydantic adds for Python: titles of fields, null for what is left out, defaults."""
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {
        k: _tidy(v)
        for k, v in node.items()
        if not (k == "title" and isinstance(v, str)) and not (k == "default" and not v)
    }
    if (choices := kept.get("anyOf")) and {"type": "null"} in choices:
        choices.remove({"type": "null"})
        if len(choices) == 1:
            return kept.pop("anyOf")[0] | kept
    return kept
