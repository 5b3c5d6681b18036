"""The files of the search index: how they share out terms and posts, and what one more post costs."""

import random
from datetime import datetime, timedelta

import pytest

from commentary.structured.search import SearchIndex
from commentary.structured.search.numbers import DIGITS, ascending
from commentary.structured.search.segments import SEGMENT
from commentary.structured.search.shape import GROUPS, LEVELS, coverage, groups_of
from tests.factories import ZONE, make_post, make_remark, make_site, make_vocabulary

START = datetime(2020, 1, 1, 9, tzinfo=ZONE)
MASKS = [(1 << bits) - 1 for bits in range(11)]
COUNTS = [1, 23, 24, 25, 47, 48, 64, 511, 512, 513, 1023, 1024, 1055, 1056, 2047, 9999, 10_240, 30_001]


def a_post(number, text=None):
    text = text or f"Word{number % 7} word{number % 31} 낱말{number % 5} of post {number}."
    posted = START + timedelta(hours=number)
    return make_post(slug=f"post-{number}", posted=posted, parts=(make_remark(text),), digest=f"{number} {text}")


def index_of(posts, cache=None):
    return SearchIndex(posts[::-1], make_site(), make_vocabulary(), cache=cache)


@pytest.mark.parametrize("count", COUNTS)
def test_every_post_is_in_a_file_for_every_term(count):
    """For each group of terms, the files that hold it cover all posts together."""
    for group in range(GROUPS):
        covers = []
        for level, shape in enumerate(LEVELS):
            files = shape.files(count)
            numbers = [number for number in {group & mask for mask in MASKS} if number < files]
            covers += [coverage(level, n, count) for n in numbers if group in groups_of(n, files)]
        reached = 0
        for cover in sorted(filter(None, covers), key=lambda c: c.start):
            assert cover.start <= reached, (group, covers)
            reached = max(reached, cover.stop)
        assert reached == count


@pytest.mark.parametrize("files", [1, 2, 3, 63, 64, 65, 1000, 1024])
def test_every_group_of_terms_is_in_one_file(files):
    groups = [group for number in range(files) for group in groups_of(number, files)]

    assert sorted(groups) == list(range(GROUPS))


@pytest.mark.parametrize("count", [0, 1, 23, 31, 47, 63, 479, 511, 514])
def test_one_more_post_rewrites_at_most_ten_files(count):
    posts = [a_post(number) for number in range(count + 1)]
    before = {file.name: file.text for file in index_of(posts[:-1]).files()}
    after = {file.name: file.text for file in index_of(posts).files()}

    changed = {name for name in after if before.get(name) != after[name]}
    assert 0 < len(changed) <= 10
    assert set(before) <= set(after)


def test_at_any_size_one_more_post_rewrites_at_most_ten_files():
    """Counted without making them: files brought up to date, files split, the newest posts' text, the facets."""
    for count in range(12_000):
        changed = 2
        for level, shape in enumerate(LEVELS):
            now, then = shape.files(count + 1), shape.files(count)
            names = {(count + 1) % shape.period + at for at in range(0, now, shape.period)}  # made anew
            if now > then > 0:  # the newest file took half of what another one held
                names |= {then, then - (1 << then.bit_length() - 1)}
            changed += sum(1 for n in names if n < now and coverage(level, n, count + 1))
        assert changed <= 10, count


def test_digest_changes_when_and_only_when_the_text_does():
    posts = [a_post(number) for number in range(2 * SEGMENT + 40)]
    edited = [*posts]
    edited[100] = a_post(100, "Something else entirely.")
    kinds = {}
    for other in (edited, [*posts, a_post(len(posts))], posts):
        before, after = ({file.name: (file.digest, file.text) for file in index_of(p).files()} for p in (posts, other))
        for name in before.keys() & after.keys():
            same = [a == b for a, b in zip(before[name], after[name], strict=True)]
            assert same[0] == same[1], name
            kinds[same[0]] = kinds.get(same[0], 0) + 1
    assert min(kinds[True], kinds[False]) > 10


def contents(posts, cache=None):
    """The names, digests and texts of an index; digests first, as builds ask."""
    index = index_of(posts, cache)
    digests = {file.name: file.digest for file in index.files()}
    return digests, {file.name: file.text for file in index.files()}


def test_files_are_the_same_from_a_cache_a_damaged_cache_and_none(tmp_path):
    posts = [a_post(number) for number in range(2 * SEGMENT + 1)]
    plain = contents(posts)

    assert contents(posts, tmp_path) == plain
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 4  # three segments, and what was known of the files
    assert contents(posts, tmp_path) == plain
    kept[0].write_bytes(kept[0].read_bytes()[:-9])
    kept[1].write_bytes(b"")
    assert contents(posts, tmp_path) == plain
    kept[-1].write_bytes(b"")
    assert contents(posts, tmp_path) == plain


@pytest.mark.parametrize("seed", range(4))
def test_whatever_changes_files_from_a_cache_are_those_made_anew(tmp_path, seed):
    """Posts added, edited, taken out, put in between and renamed, also on both sides of a segment's border."""
    chance = random.Random(seed)
    posts = [a_post(number) for number in range(2 * SEGMENT - 3)]
    for turn in range(8):
        number = chance.choice([0, SEGMENT - 1, SEGMENT, len(posts) - 1, chance.randrange(len(posts))])
        other = a_post(number, f"Turn {turn} has 낱말{turn} and word{number % 31}.")
        match chance.choice(("add", "edit", "drop", "insert", "swap")):
            case "add":
                posts += [a_post(1000 + turn), other]
            case "edit":
                posts[number] = other
            case "drop":
                del posts[number]
            case "insert":
                posts.insert(number, other)
            case _:
                posts[number], posts[0] = posts[0], posts[number]
        assert contents(posts, tmp_path) == contents(posts)


def test_posts_that_did_not_change_are_not_read_again(tmp_path):
    """All but the new one have lost their words since, and the files that changed are as if they had not."""
    posts = [a_post(number) for number in range(SEGMENT + 41)]
    before, _ = contents(posts[:-1], tmp_path)
    digests, texts = contents(posts)
    bare = [post.model_copy(update={"parts": ()}) for post in posts[:-1]]
    index = index_of([*bare, posts[-1]], tmp_path)

    assert {file.name: file.digest for file in index.files()} == digests
    changed = [file for file in index.files() if file.digest != before.get(file.name)]
    assert 3 < len(changed) <= 10
    assert all(file.text == texts[file.name] for file in changed)


def test_an_empty_site_has_an_index_that_finds_nothing():
    (facets,) = index_of([]).files()

    assert '"count":0' in facets.text


def test_numbers_are_written_as_steps():
    assert ascending([0, 1, 33, 1100]) == "AB" + "gB" + "rhB"
    assert len(set(DIGITS)) == 64
