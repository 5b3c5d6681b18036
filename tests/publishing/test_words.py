"""What was published is not unsaid: corrections stay, and a changed one is seen."""

from dataclasses import replace
from datetime import timedelta

from commentary.findings import ERROR, RULES, WARNING
from commentary.model import Correction, Status
from commentary.published import Register
from tests.factories import NOW, make_excerpt, make_post, make_remark
from tests.publishing.test_promises import broken, one
from tests.publishing.test_register import PERMALINK, registered

EDITED = (make_remark(), make_excerpt("“We paused the tariffs for ninety days.”"))
FIRST = Correction(date=NOW - timedelta(days=1), note="We misquoted it.")
SECOND = Correction(date=NOW, note="The date was wrong, too.", was="Monday")


def corrected(*corrections, **changes):
    return make_post(parts=EDITED, corrections=corrections, lines={"corrections": 5}, **changes)


def counted(register):
    """The register as it was written before it knew what corrections say."""
    return Register({address: replace(row, notes=None) for address, row in register.rows.items()})


def rules(register, *posts):
    return [finding.rule for finding in broken(register, *posts)]


def test_a_published_correction_that_is_deleted_is_one_error():
    register = registered(corrected(FIRST, SECOND))

    place, message = one(register, corrected(FIRST))

    assert place == (make_post().path, 5, ERROR, "lost-correction")
    assert "of 2025-05-01 was published and would vanish" in message
    assert broken(register, corrected(FIRST, SECOND)) == []


def test_a_deleted_correction_is_not_made_up_for_by_another():
    assert rules(registered(corrected(FIRST)), corrected(SECOND)) == ["lost-correction"]
    assert rules(registered(corrected(FIRST)), corrected(FIRST, SECOND)) == []


def test_a_register_that_only_counts_still_knows_that_one_is_gone():
    register = counted(registered(corrected(FIRST, SECOND)))

    assert rules(register, corrected(SECOND)) == ["lost-correction"]
    assert rules(register, corrected(FIRST, SECOND)) == []
    assert rules(register, make_post(parts=EDITED, corrections=(FIRST, SECOND))) == []


def test_a_correction_under_another_date_is_lost_to_the_feed_of_corrections():
    """Its date is in its id there."""
    assert rules(registered(corrected(FIRST)), corrected(FIRST.model_copy(update={"date": NOW}))) == ["lost-correction"]


def test_a_rewritten_note_is_a_warning_that_a_misprint_is_excused_from():
    """Our own words are mended without a note, but not in silence; typography is nothing."""
    register = registered(corrected(FIRST, SECOND))

    def reworded(**changes):
        return corrected(FIRST.model_copy(update=changes), SECOND)

    place, message = one(register, reworded(note="A detail."))
    assert place[2:] == (WARNING, "altered-correction")
    assert "`allow: altered-correction`" in message
    assert RULES["altered-correction"].excusable
    assert not RULES["lost-correction"].excusable
    assert rules(register, reworded(was="Something")) == ["altered-correction"]
    assert rules(register, reworded(note="We  misquoted it.")) == []


def test_the_register_never_counts_down():
    """Withdrawn, moved and posted again: what readers were told of is known all the while."""
    before = registered(corrected(FIRST, SECOND))
    gone = registered(make_post(status=Status.WITHDRAWN, reason="Retracted."), register=before)
    moved = {"slug": "moved", "aliases": (PERMALINK,)}
    away = registered(make_post(status=Status.WITHDRAWN, reason="Retracted.", **moved), register=before)
    short = registered(corrected(FIRST), register=before)

    assert gone.rows[PERMALINK] == before.rows[PERMALINK]
    assert (short.rows[PERMALINK].corrections, short.rows[PERMALINK].notes) == (2, before.rows[PERMALINK].notes)
    assert rules(away, corrected(FIRST, SECOND, **moved)) == []
    assert rules(away, corrected(FIRST, **moved)) == ["lost-correction"]
    assert rules(away, make_post(**moved, corrections=(FIRST, SECOND))) == ["altered-excerpt"]


def test_a_register_that_only_counts_learns_what_corrections_say():
    register = registered(corrected(FIRST), register=counted(registered(corrected(FIRST))))

    assert register == registered(corrected(FIRST))
    assert rules(register, corrected(FIRST.model_copy(update={"note": "x"}))) == ["altered-correction"]
