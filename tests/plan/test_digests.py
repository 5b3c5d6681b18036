"""A page's digest, which a build compares, is another when and only when what the page is rendered from is another."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commentary.caching import Memos
from commentary.model import Correction, Status
from commentary.plan import fingerprint, make_plan
from commentary.published import Register, Row
from tests.factories import NOW, ZONE, make_corpus, make_post, make_settings, make_source

START = datetime(2024, 11, 1, 12, tzinfo=ZONE)
SETTINGS = make_settings(stream_size=4, index_size=3, feed_size=4)

facts = st.fixed_dictionaries(
    {"title": st.sampled_from(["One", "Another"])},
    optional={
        "topics": st.sampled_from([("trade",), ("diplomacy",), ("trade", "diplomacy")]),
        "story": st.just("tariff-dispute"),
        "lang": st.just("ko"),
        "id": st.just("urn:kept"),
        "aliases": st.just(("/before/",)),
        "corrections": st.just((Correction(date=NOW, note="It was ninety."),)),
        "updated": st.just(NOW),
        "status": st.just(Status.WITHDRAWN),
        "sources": st.sampled_from(
            [(make_source(publication=name, url=url),) for name in ("The Herald", "The Courier") for url in ("https://a.example/", None)]
        ),
    },
)  # fmt: skip
posts = st.dictionaries(st.integers(0, 40), facts, min_size=1, max_size=24)


def a_post(number, changes):
    why = {"reason": "It was untrue."} if "status" in changes else {}
    day = {"slug": f"post-{number}", "posted": START + timedelta(days=4 * number)}
    return make_post(**day, **changes, **why, digest=fingerprint((number, repr(sorted(changes.items())))))


def site(posts, register, memos=None):
    corpus = make_corpus(*(a_post(number, changes) for number, changes in posts.items()))
    pages = make_plan(corpus, SETTINGS, register=register, memos=memos)
    return {page.path: (page.digest or fingerprint(page.inputs), fingerprint(page.inputs)) for page in pages}


@given(
    before=posts,
    edits=st.dictionaries(st.integers(0, 40), st.one_of(st.none(), facts), min_size=1, max_size=2),
    kept=st.sampled_from([None, "urn:entered", "tag:remarks.example,2024-11-05:/2024/11/05/post-1/"]),
)
def test_digests_are_others_when_and_only_when_inputs_are(before, edits, kept):
    after = {number: changes for number, changes in {**before, **edits}.items() if changes is not None}
    rows = {"/2024/11/05/post-1/": Row(kind="post", first="2024-11-05", id=kept)} if kept else {}
    then, now = site(before, Register()), site(after, Register(rows))

    changed = {path for path in then.keys() & now if then[path][1] != now[path][1]}

    assert {path for path in then.keys() & now if then[path][0] != now[path][0]} == changed


@given(before=posts, edits=st.dictionaries(st.integers(0, 40), st.one_of(st.none(), facts), min_size=1, max_size=2))
def test_a_plan_that_remembers_the_last_is_the_same(before, edits):
    after = {number: changes for number, changes in {**before, **edits}.items() if changes is not None}
    memos = Memos()
    site(before, Register(), memos)

    assert site(after, Register(), memos) == site(after, Register())
