"""The JSON Schema tells an editor what an author may write."""

from __future__ import annotations

import json

from commentary.model import Source
from commentary.reading.json_schema import json_schema
from commentary.reading.schema import PostKeys


def test_every_key_is_described_and_no_other() -> None:
    schema = json_schema()
    keys = schema["properties"]
    source = schema["$defs"]["Source"]["properties"]
    assert set(keys) == set(PostKeys.model_fields)
    assert set(source) == set(Source.model_fields) - {"key"}
    assert all(described["description"] for described in (*keys.values(), *source.values()))
    assert schema["additionalProperties"] is False


def test_what_is_required_is_required() -> None:
    schema = json_schema()
    assert schema["required"] == ["title", "topics"]
    assert schema["oneOf"] == [{"required": ["source"]}, {"required": ["sources"]}]


def test_dates_are_texts_and_lists_may_be_one_text() -> None:
    schema = json_schema()
    assert schema["properties"]["date"]["type"] == "string"
    assert [choice["type"] for choice in schema["properties"]["topics"]["anyOf"]] == ["string", "array"]
    assert {"const": "unknown"} in schema["properties"]["source"]["anyOf"]


def test_nothing_of_python_shows() -> None:
    text = json.dumps(json_schema())
    assert not [word for word in ("null", "PartialDate", "prefixItems", "datetime", "date-time") if word in text]
    for name in ("Source", "Via", "Status", "Translator"):
        assert f'"#/$defs/{name}"' in text
