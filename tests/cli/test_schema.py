"""`commentary schema`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.running import commentary

if TYPE_CHECKING:
    from pathlib import Path


def test_the_schema_is_json_and_needs_no_project(tmp_path: Path) -> None:
    schema = json.loads(commentary("schema", folder=tmp_path).stdout)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"title", "topics"} <= set(schema["required"])
    assert {"source", "sources", "allow"} <= set(schema["properties"])
