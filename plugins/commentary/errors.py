"""
Everything that can stop a command, and the exit status it stops it with.

CommentaryError            exit 2
  SettingsError            pelicanconf.py cannot be right        (names)
  PluginError              a plugin cannot be loaded or set up   (names)      exit 1
  PostSyntaxError          a post's text cannot be read          (findings)   exit 1
  CorpusError              some posts cannot be built            (findings)   exit 1
  OutputError              the site cannot be written there      (path)
  OutdatedError            a file changed while it was in use    (path)
  CaptureError             a page could not be fetched or read   (url)
    SnapshotError          an archive refused or failed          (url)

An author's mistakes are findings (see `findings.py`); these classes carry them to the two
adapters. Each message is one line that says what is wrong and the way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.findings import Finding


class CommentaryError(Exception):
    """Something this program could not do, in one line for its user."""

    exit_status: ClassVar[int] = 2


class SettingsError(CommentaryError):
    """`pelicanconf.py` is missing, or holds what cannot be right."""


class PluginError(CommentaryError):
    """A plugin that the settings name cannot be loaded, or fails while it is set up."""

    exit_status = 1


class OutputError(CommentaryError):
    """The output folder cannot be written to, or must not be."""


class OutdatedError(CommentaryError):
    """A file changed between two looks at it."""


class CaptureError(CommentaryError):
    """A page could not be fetched or read; `url` is the address that was asked for."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        # An address may come from a page: no control character of it reaches a terminal.
        super().__init__(f"{''.join(c if c.isprintable() else '?' for c in url[:200])}: {reason}")


class SnapshotError(CaptureError):
    """A web archive did not make a copy; `url` is the archive's."""


class _FindingsError(CommentaryError):
    exit_status = 1

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[type[_FindingsError], tuple[tuple[Finding, ...]]]:
        return type(self), (self.findings,)


class PostSyntaxError(_FindingsError):
    """One post's text cannot be read; `findings` says where and why."""


class CorpusError(_FindingsError):
    """The posts cannot be built as they stand; `findings` lists every fault of all of them."""
