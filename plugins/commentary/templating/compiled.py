"""
Templates as the last build left them: the code that they were compiled to, and the templates that they name.

To read and compile all of a theme takes as long as to render hundreds of its pages.
"""

from __future__ import annotations

import marshal
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, TemplateError, meta

from commentary.caching import keep, read_kept

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from jinja2.nodes import Template


class Compiled(BytecodeCache):
    """What is known of the templates of one environment.

    `file`: where that is kept; None: nowhere. `key`: of all that goes into the code besides the templates' own text.
    """

    def __init__(self, file: Path | None = None, key: str = "") -> None:
        kept = read_kept(file).value if file else None
        self._file, self._key = file, key
        self._before: dict[str, Any] = kept[1] if kept and kept[0] == key else {}
        self._now: dict[str, Any] = {}  # no more than this build needs

    def names(self, env: Environment, name: str, source: str, path: str | None) -> tuple[str | None, ...]:
        """The templates that a template names; None for a computed name. TemplateSyntaxError if it cannot be read."""
        key = f"names {sha256(source.encode()).hexdigest()}"
        if key not in self._now:
            if (found := self._before.get(key)) is None:
                tree = env.parse(source, name, path)
                found = tuple(meta.find_referenced_templates(tree))
                self._compile(env, tree, name, source, path)
            self._now[key] = found
        names: tuple[str | None, ...] = self._now[key]
        return names

    def _compile(self, env: Environment, tree: Template, name: str, source: str, path: str | None) -> None:
        """Compile what is parsed by now, so that Jinja need not parse it again."""
        bucket = self.get_bucket(env, name, path, source)
        if env.bytecode_cache is self and not bucket.code:
            with suppress(TemplateError):  # which is told with the page that it spoils
                bucket.code = env.compile(tree, name, path)
                self.dump_bytecode(bucket)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, if we have it."""
        if code := self._before.get(_key(bucket)) or self._now.get(_key(bucket)):
            self._now[_key(bucket)] = code
            bucket.code = marshal.loads(code)  # noqa: S302 - see `caching.read_kept`

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template from Jinja."""
        self._now[_key(bucket)] = marshal.dumps(bucket.code)

    def keep(self) -> None:
        """Keep it all for the next build."""
        if self._file and self._now != self._before:
            keep(self._file, (self._key, self._now))


def _key(bucket: Bucket) -> str:
    return f"code {bucket.key} {bucket.checksum}"
