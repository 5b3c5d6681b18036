"""Where a site can be published: `[tool.commentary.targets.NAME]` of pyproject.toml, read into types."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from commentary.errors import SettingsError
from commentary.findings import nearest
from commentary.values import Frozen, Text

if TYPE_CHECKING:
    from pathlib import Path


def _no_control(text: str) -> str:
    if any(char < " " or char == "\x7f" for char in text):
        raise ValueError(f"{text!r} holds a control character; take it out")
    return text


_NoControl = AfterValidator(_no_control)  # which no system call takes, and no line shows


class _Target(Frozen):
    settings: Annotated[Text, _NoControl] = "publishconf.py"


class FolderTarget(_Target):
    """A folder of releases on this machine; a web server serves `PATH/current`."""

    kind: Literal["folder"]
    path: Annotated[Text, _NoControl]  # relative to the project's folder, or absolute
    keep: Annotated[int, Field(ge=2)] = 5  # releases


class RemoteTarget(_Target):
    """A remote of rclone's: S3, R2, SFTP and many more, as `rclone config` names them."""

    kind: Literal["rclone"]
    remote: Annotated[
        str, Field(pattern=r"^[^-:\s][^:\n]*:.*$|^:[^\n]+$|^/.+$"), _NoControl
    ]  # "name:bucket/folder", ":s3,…:bucket" or a folder
    flags: tuple[Annotated[str, _NoControl], ...] = ()


Target = FolderTarget | RemoteTarget
_TARGET: TypeAdapter[Target] = TypeAdapter(Annotated[Target, Field(discriminator="kind")])


def read_target(root: Path, name: str) -> Target:
    """The target of that name. SettingsError: one line, why not."""
    file = root / "pyproject.toml"
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
        for name_of_table in ("tool", "commentary", "targets"):
            tables = tables.get(name_of_table, {})
        named = {key: dict(table) for key, table in tables.items()}
    except (OSError, ValueError, AttributeError, TypeError) as cause:
        raise SettingsError(
            f"{file} cannot be read: {cause}; write a table [tool.commentary.targets.{name}]"
        ) from cause
    if name not in named:
        way = nearest(name, named) or f"; add [tool.commentary.targets.{name}] with a kind, folder or rclone"
        raise SettingsError(f"pyproject.toml has no target {name!r}{way}")
    table = {key: tuple(value) if isinstance(value, list) else value for key, value in named[name].items()}
    try:
        return _TARGET.validate_python(table)
    except ValidationError as cause:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'][1:])) or 'kind'}: {e['msg']}" for e in cause.errors())
        raise SettingsError(f"[tool.commentary.targets.{name}] of pyproject.toml cannot be right: {wrong}") from cause
