"""The site that is compared with the peers' has what the census counts, and the census sees what is missing."""

import shutil

import pytest
from benchmarks.census import census
from benchmarks.contenders import Comparable
from benchmarks.corpus import Corpus

from tests.hardening.running import commentary

SIZE = 120  # posts: the stream and the commonest topic have several pages, and feeds more posts than they hold


@pytest.fixture(name="site", scope="module")
def _site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("comparable")
    Comparable(folder).write(Corpus(SIZE))
    built = commentary(folder, "build")
    assert built.returncode == 0, built.stderr
    return folder / "output"


def test_the_comparable_site_has_every_page_list_and_feed_of_the_peers(site):
    assert list(census(site, list(Corpus(SIZE)))) == []


def test_the_comparable_site_has_nothing_that_the_peers_have_not(site):
    """But for its own few files and the theme's."""
    folders = {path.relative_to(site).parts[0] for path in site.rglob("*") if path.is_file()}

    assert {name for name in folders if not name.startswith("20")} == {
        *("index.html", "page", "topics", "feed.atom", "sitemap.xml"),
        *("subscribe", "feeds.opml", "404.html", "robots.txt", "_headers", "site.webmanifest", "theme"),
        ".commentary.json",
    }
    assert not [*site.rglob("receipt*.json")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("page/1/index.html", "the stream lists"),
        ("topics/{topic}/index.html", "topic {topic} lists"),
        ("topics/{topic}/feed.atom", "no feed in /topics/{topic}"),
        ("sitemap.xml", "there is no sitemap.xml"),
    ],
)
def test_the_census_sees_what_is_missing(site, tmp_path, path, said):
    topic = next(iter(Corpus(SIZE).topics))
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / path.format(topic=topic)).unlink()

    (fault,) = census(copy, list(Corpus(SIZE)))

    assert said.format(topic=topic) in fault
