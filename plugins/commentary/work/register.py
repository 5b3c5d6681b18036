"""Keep the register: enter what the site publishes now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.publishing.register import FILE, register_bytes, updated, write_register

if TYPE_CHECKING:
    from datetime import date

    from commentary.published import Register
    from commentary.work.prepare import Prepared


@dataclass(frozen=True, slots=True)
class Entering:
    """What an update of the register adds."""

    register: Register
    new: tuple[str, ...]  # addresses, sorted
    changed: bool  # whether the file would change at all


def enter(prepared: Prepared, *, today: date, write: bool) -> Entering:
    """The register with what the prepared site publishes; on disk too if `write`. OutputError if it cannot be written.

    The site must have no errors (`prepare` sees to that), so that no broken promise is ever entered as kept.
    """
    register = updated(prepared.register, prepared.plan, prepared.corpus, prepared.settings.site, today=today)
    changed = register_bytes(register) != register_bytes(prepared.register)
    if write and changed:
        write_register(prepared.settings.content / FILE, register)
    return Entering(register, tuple(sorted(set(register.rows) - set(prepared.register.rows))), changed)
