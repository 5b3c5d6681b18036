"""What a reader of a page sees, as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from commentary.quotation.fold import FoldedText, fold


@dataclass(frozen=True)
class PageText:
    """The text of a source page: its visible blocks in order, then what only its embedded data holds."""

    blocks: tuple[str, ...]  # a paragraph, heading, item or line each; no "\n" inside, no block empty
    embedded: tuple[str, ...] = ()  # strings of JSON in scripts, which no reader sees
    # Where in `text` a line ends within a block, a box begins …: to a reader they are one paragraph all the same, but
    # no browser's search for words looks across.
    breaks: tuple[int, ...] = ()

    @cached_property
    def text(self) -> str:
        """The visible text, a line a block."""
        return "\n".join(self.blocks)

    @cached_property
    def embedded_text(self) -> str:
        """The embedded strings, a line each."""
        return "\n".join(self.embedded)

    @cached_property
    def folded(self) -> FoldedText:
        """The visible text as it is compared."""
        return fold(self.text)

    @cached_property
    def folded_embedded(self) -> FoldedText:
        """The embedded strings as they are compared."""
        return fold(self.embedded_text)
