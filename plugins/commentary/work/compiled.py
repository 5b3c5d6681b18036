"""Templates that were compiled before, for an author who changes one of them, or a style sheet, and waits for it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

    from jinja2.bccache import Bucket

MOST = 500  # templates, and former versions of them


class Compiled(BytecodeCache):
    """Gives templates their code from `codes` if nothing changed that it was made of.

    `constants`: what is worked into the code of templates that mention it by name.
    """

    def __init__(self, codes: dict[tuple[str, str], CodeType], constants: Mapping[str, object], always: object) -> None:
        self._codes = codes
        self._constants = constants
        self._always = always

    def get_source_checksum(self, source: str) -> str:
        """A hash of all that a template's code is made of."""
        used = [repr(value) for name, value in self._constants.items() if name in source]
        return hashlib.sha256("\0".join([source, *used, repr(self._always)]).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code in, if it is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        if len(self._codes) >= MOST:
            self._codes.clear()
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code
