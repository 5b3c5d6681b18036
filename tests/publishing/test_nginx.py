"""The generated configuration, in a real nginx."""

import http.client
import shutil
from contextlib import closing

import pytest

from commentary.errors import SettingsError
from commentary.publishing.nginx import nginx_conf
from tests.factories import make_site
from tests.publishing import servers
from tests.publishing.sites import publish, write_site

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


@pytest.fixture(name="ask", scope="module")
def _ask(tmp_path_factory):
    """Ask an nginx with the generated configuration; gives status, headers, body."""
    folder = tmp_path_factory.mktemp("nginx")
    project = write_site(folder / "project")
    redirect = 'aliases: ["/old/"]\ntopics:'
    post = project / "content/posts/2025-04-30-number-0.md"
    post.write_text(post.read_text().replace("topics:", redirect, 1))
    assert publish(project).returncode == 0
    conf = publish(project, "live", "--nginx")
    assert conf.returncode == 0, conf.stderr
    with servers.nginx(conf.stdout, folder / "run") as port:

        def ask(path, **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with closing(connection):
                connection.request("GET", path, headers={"Host": "remarks.example"} | headers)
                answer = connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read()

        yield ask


def test_a_page_has_its_headers(ask):
    status, headers, body = ask("/2025/04/30/number-0/")

    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.startswith(b"<!DOCTYPE html>")
    assert headers["Cache-Control"] == "public, max-age=600"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert {"Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} <= headers.keys()


def test_what_a_reader_has_already_is_not_sent_again(ask):
    _, headers, _ = ask("/")

    assert ask("/", **{"If-None-Match": headers["ETag"]})[0] == 304
    assert ask("/", **{"If-Modified-Since": headers["Last-Modified"]})[0] == 304
    assert ask("/", **{"If-None-Match": '"another"'})[0] == 200


def test_hashed_assets_are_cached_for_ever(ask):
    page = ask("/")[2].decode()
    css = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    status, headers, _ = ask(css)

    assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert headers["Content-Type"].startswith("text/css")


def test_text_is_compressed(ask):
    assert ask("/", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"


def test_old_addresses_lead_on(ask):
    status, headers, _ = ask("/old/")

    assert (status, headers["Location"]) == (301, "/2025/04/30/number-0/")


def test_feeds_are_xml(ask):
    assert ask("/feed.atom")[1]["Content-Type"] == "application/xml; charset=utf-8"


def test_a_folder_without_its_slash_leads_to_the_page(ask):
    status, headers, _ = ask("/topics")

    assert (status, headers["Location"]) == (301, "/topics/")


@pytest.mark.parametrize("path", ["/nothing/", "/.commentary.json", "/_headers", "/redirects.map"])
def test_what_is_no_page_is_answered_with_our_404(ask, path):
    status, headers, body = ask(path)

    assert status == 404
    assert b"</html>" in body
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("root", ["", "/blog"])
@pytest.mark.parametrize("name", ["a b", 'a"b', "a;b{c}#d'e", "한국"])
def test_a_folder_of_any_name_is_served(tmp_path, name, root):
    """Old addresses with a query, too: their file is included."""
    current = tmp_path / name / "current"
    current.mkdir(parents=True)
    (current / "index.html").write_text("whole")
    (current / "redirects.map").write_text('"/?p=1" "/moved/";\n')
    conf = nginx_conf(make_site(url=f"https://remarks.example{root}"), tmp_path / name)

    with servers.nginx(conf, tmp_path / "run") as port:

        def get(path):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with closing(connection):
                connection.request("GET", path, headers={"Host": "remarks.example"})
                answer = connection.getresponse()
                return answer.status, answer.read()

        assert get(f"{root}/") == (200, b"whole")
        assert get("/?p=1")[0] == 301


@pytest.mark.parametrize("sign", ["$", "*", "?", "[", "\\", "\n"])
def test_a_folder_that_nginx_cannot_name_is_refused_in_one_line(tmp_path, sign):
    with pytest.raises(SettingsError, match="choose another folder") as raised:
        nginx_conf(make_site(), tmp_path / f"a{sign}b")

    assert "\n" not in str(raised.value)
