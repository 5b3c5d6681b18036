"""Where a template fails: Python's exceptions as findings at its lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jinja2 import TemplateError, TemplateSyntaxError

from commentary.errors import CorpusError
from commentary.findings import found

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# What a template may end in; others are a filter's or a plugin's own.
_FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def guarded(render: Callable[[], T], root: Path) -> T:
    """What comes of a rendering. CorpusError with a finding at the line of a template, whose path begins below `root`."""
    try:
        return render()
    except _FAILURES as error:
        if not (place := _place(error)):
            raise  # no template had a part in it
        path, line = place
        message = f"{getattr(error, 'message', None) or f'{type(error).__name__}: {error}'}; correct the template"
        raise CorpusError([found(_shown(path, root), line, "template", message)]) from error


def _place(error: Exception) -> tuple[str, int] | None:
    """The innermost template line of an error: Jinja rewrites tracebacks to show templates as files."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "theme", error.lineno
    place = ("theme", 1) if isinstance(error, TemplateError) else None
    frame = error.__traceback__
    while frame:
        name = frame.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            place = (name, frame.tb_lineno)
        frame = frame.tb_next
    return place


def _shown(path: str, root: Path) -> str:
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path
