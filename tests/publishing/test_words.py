"""What was published is not unsaid: corrections stay, and a changed one is seen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from commentary.findings import ERROR, RULES, WARNING
from commentary.model import Correction, Post, Status
from commentary.published import Register
from tests.factories import NOW, ZONE, make_excerpt, make_post, make_remark
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
    assert rules(register, corrected(FIRST, SECOND.model_copy(update={"was": "Tuesday"}))) == ["altered-correction"]


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


def a_post(name, day, words, *, remark=None, **changes):
    """A post with words of its own; without `words` it has no excerpt."""
    excerpt = (make_excerpt(f"The minister spoke of {words}."),) if words else ()
    parts = (make_remark(remark or f"What {name} says of it is another matter."), *excerpt)
    posted = datetime(2025, 4, day, 9, tzinfo=ZONE)
    return make_post(path=f"{name}.md", digest=name, slug=name, posted=posted, parts=parts, **changes)


def edited(post, **changes):
    """The same post with some fields changed, and nothing that it had worked out."""
    return make_post(**{name: getattr(post, name) for name in Post.model_fields} | changes)


def at(place, post, **changes):
    """A post at the address of another one, with a correction."""
    where = {"slug": place.slug, "posted": place.posted, "corrections": (FIRST,)}
    return edited(post, **where | changes)


A, B = a_post("a", 11, "tariffs"), a_post("b", 12, "quotas")
MISTAKE = Correction(date=NOW, note="The excerpts of two posts had been mixed up.")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (A, B),
        (a_post("a", 11, None), B),
        (a_post("a", 11, None), a_post("b", 12, None)),
        (a_post("a", 11, "tariffs"), a_post("b", 12, "tariffs")),
    ],
    ids=["excerpts", "one-excerpt", "remarks", "one-source"],
)
def test_two_posts_that_change_places_are_two_errors_that_no_correction_excuses(a, b):
    register = registered(a, b)

    findings = broken(register, at(b, a), at(a, b))

    assert [(f.path, f.rule, f.severity) for f in findings] == [(n, "changed-id", ERROR) for n in ("a.md", "b.md")]
    assert f"published at {a.permalink}, under a feed id that another post has now" in findings[0].message
    assert broken(register, a, b) == []


def test_a_published_excerpt_under_a_new_remark_at_the_address_of_another_post_is_an_error():
    """Unless it stood there, too, or is still where it was."""
    fixed = {"corrections": (MISTAKE,)}
    other = edited(A, parts=(make_remark("New."), make_excerpt("New words.")), **fixed)
    taken = edited(B, parts=(make_remark("Newer."), A.parts[1]), **fixed)
    assert rules(registered(A, B), other, taken) == ["changed-id"]
    assert rules(registered(A, B), A, taken) == []

    same = a_post("b", 12, "tariffs")
    reworded = edited(same, parts=(make_remark("Newer."), same.parts[1]), **fixed)
    assert rules(registered(A, same), other, reworded) == []


def test_three_that_go_round_are_three_errors():
    c = a_post("c", 13, "ports")

    assert rules(registered(A, B, c), at(B, A), at(c, B), at(A, c)) == ["changed-id"] * 3


def test_a_post_at_the_address_of_one_that_was_withdrawn_or_has_moved_is_an_error():
    withdrawn = at(B, A, status=Status.WITHDRAWN, reason="Retracted.")
    assert rules(registered(A, B), withdrawn, at(A, B)) == ["changed-id"]

    away = a_post("a", 13, "tariffs")
    new = a_post("new", 11, "ports")
    assert rules(registered(A), away, at(A, new)) == ["changed-id"]
    assert rules(registered(A), at(A, new)) == []  # in the open: all of it was corrected


def test_a_post_that_takes_in_the_address_of_another_is_not_another():
    """The other one's words under its own id: they were published under theirs."""
    assert rules(registered(A, B), at(B, A, aliases=(A.permalink,))) == ["changed-id"]
    assert rules(registered(A, B), edited(B, aliases=(A.permalink,))) == []


def test_honest_edits_change_no_places():
    """Excerpts that had been mixed up; one moved to a new post; the same passage quoted twice; all rewritten."""
    register = registered(A, B)
    fixed = {"corrections": (MISTAKE,)}

    mixed = [edited(one, parts=(one.parts[0], other.parts[1]), **fixed) for one, other in ((A, B), (B, A))]
    assert rules(register, *mixed) == []

    rewritten = edited(A, parts=(make_remark("New."), make_excerpt("New words.")), **fixed)
    split = a_post("new", 20, "tariffs")
    assert rules(register, rewritten, B, split) == []

    same = edited(A, parts=(make_remark("We were wrong."), B.parts[1]), **fixed)
    assert rules(register, same, B) == []
