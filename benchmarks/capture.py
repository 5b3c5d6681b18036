"""How well capture reads real pages: `python benchmarks/capture.py FOLDER`.

FOLDER holds saved pages and `expected.json`: for each page its file, url, and the facts and passages that a careful
reader takes from it. Case, white space and typographic quotes count for nothing; bylines are sets of names; dates
are days; of a publication any of its names will do. Exit status 1 if a target is missed.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from pathlib import Path

from commentary.capture.metadata import PageFacts, read_metadata
from commentary.model import Paragraph, Run
from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText
from commentary.snapshots.visible import read_visible

TARGETS = {"headline": 95, "publication": 85, "byline": 80, "published": 90, "canonical": 95, "language": 90}
PASSAGES = 97
_PLAIN = str.maketrans("“”„«»‘’‚‹›", "\"\"\"\"\"'''''")


def fold(text: str) -> str:
    """A text to compare by."""
    return re.sub(r"\s+", " ", text.translate(_PLAIN)).strip().casefold()


def is_right(field: str, facts: PageFacts, expected: object) -> bool:
    """Whether a fact is what a careful reader takes from the page."""
    found = getattr(facts, field)
    if isinstance(expected, list) and field == "byline":
        return {fold(name) for name in found} == {fold(name) for name in expected}
    if isinstance(expected, list):
        return fold(found or "") in map(fold, expected)
    return fold(str(found or "")) == fold(str(expected))


def is_verified(passage: str, page: PageText) -> bool:
    """Whether the words stand in the page, in this order."""
    runs = (Run(kind="quoted", text=passage),)
    return verify([Paragraph(runs=runs)], page).verdict.stands


def made_whole(passage: str, page: PageText) -> str:
    """The passage with the rest of the words that its annotator cut it inside of, as a reader would select it."""
    words = r"\s+".join(map(re.escape, passage.split()))
    found = re.search(rf"\S*{words}\S*", page.text)
    return found[0] if found else passage


def tampered(passage: str, chance: random.Random) -> list[str]:
    """The passage with one word changed, one dropped, one added."""
    words = passage.split()
    at = chance.randrange(len(words))
    changed = [*words[:at], "quokka", *words[at + 1 :]]
    added = [*words[:at], "quokka", *words[at:]]
    inner = (
        chance.randrange(1, len(words) - 1) if len(words) > 2 else None
    )  # without its end it would still be verbatim
    dropped = [*words[:inner], *words[inner + 1 :]] if inner else []
    return [" ".join(version) for version in (changed, added, dropped) if version]


def main(folder: Path) -> int:
    """Print the table and what was wrong; 1 if a target is missed."""
    cases = json.loads((folder / "expected.json").read_text("utf-8"))
    assert cases, f"{folder} holds no cases"
    chance = random.Random(1)
    right, total, wrong = dict.fromkeys(TARGETS, 0), dict.fromkeys(TARGETS, 0), []
    verified = cut = passages = false = tries = 0
    began = time.perf_counter()
    for case in cases:
        raw = (folder / case["file"]).read_bytes()
        facts = read_metadata(raw, url=case["url"])
        for field in TARGETS:
            if case[field]:
                total[field] += 1
                ok = is_right(field, facts, case[field])
                right[field] += ok
                if not ok:
                    wrong.append(f"{case['file']}: {field}: {getattr(facts, field)!s} for {case[field]}")
        page = read_visible(raw)
        for passage in case["passages"]:
            passages += 1
            stands = is_verified(passage, page)
            cut += not stands and is_verified(made_whole(passage, page), page)
            verified += stands
            versions = tampered(passage, chance)
            tries += len(versions)
            false += sum(is_verified(version, page) for version in versions)
    print("\n".join(wrong), end="\n\n")
    missed = False
    for field, target in TARGETS.items():
        share = 100 * right[field] / total[field]
        missed |= share < target
        print(f"{field:<12} {right[field]:>3}/{total[field]:<3} {share:5.1f} %  (at least {target} %)")
    share = 100 * (verified + cut) / passages
    print(f"{'passages':<12} {verified + cut:>3}/{passages:<3} {share:5.1f} %  (at least {PASSAGES} %)", end="")
    print(f", {cut} of them cut inside a word by their annotators, and verified when made whole")
    print(f"{'tampered':<12} {false:>3}/{tries:<3} verified  (0)")
    print(f"{(time.perf_counter() - began) / len(cases) * 1000:.0f} ms a page")
    return int(missed or share < PASSAGES or false > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
