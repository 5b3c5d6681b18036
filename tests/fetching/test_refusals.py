"""No address of the author's own network is connected to, whoever names it and however."""

from __future__ import annotations

import httpcore
import pytest

from commentary.errors import CaptureError
from commentary.fetching import Network, fetch
from tests.fetching.local_server import LocalServer, page, redirect

PUBLIC = "93.184.216.34"


class Detour(httpcore.SyncBackend):
    """Leads one public address to a local port, as if the server stood there; notes every address asked for."""

    def __init__(self, server: LocalServer) -> None:
        self.server = server
        self.asked: list[str] = []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.asked.append(host)
        if host == PUBLIC:
            host, port = "127.0.0.1", self.server.port
        return super().connect_tcp(host, port, timeout, local_address, socket_options)


@pytest.fixture
def server():
    with LocalServer({"/": page("<p>Inside.</p>")}) as inside:
        yield inside


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0.0.0.0", "0",
     "[::ffff:127.0.0.1]", "[::]", "127.0.0.1.", "①②⑦.⓪.⓪.①"],
)  # fmt: skip
def test_own_machine_is_not_connected_to(server, host):
    """In every spelling it is refused in one line before a connection is made."""
    with pytest.raises(CaptureError) as refusal:
        fetch(f"http://{host}:{server.port}/")
    assert "\n" not in str(refusal.value)
    assert server.connections == 0


def test_own_machine_is_connected_to_if_allowed(server):
    assert fetch(f"{server.url}/", allow_loopback=True).text == "<p>Inside.</p>"
    assert server.connections == 1


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://0x7f.1:{port}/", "//127.0.0.1:{port}/",
     "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/"],
)  # fmt: skip
def test_redirect_into_the_own_network_is_refused(server, target):
    """A public server cannot send the author's machine to its own services."""
    with LocalServer({"/": redirect(target.format(port=server.port))}) as outside:
        detour = Detour(outside)
        with pytest.raises(CaptureError, match=r"not a public address|in disguise"):
            fetch("http://press.example/", network=Network(lambda host, _: _numeric(host) or [PUBLIC], detour))
    assert (outside.connections, server.connections, detour.asked) == (1, 0, [PUBLIC])


def _numeric(host: str) -> list[str]:
    return ["127.0.0.1"] if host == "localhost" else [host] if host[0].isdigit() or ":" in host else []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://press.example/", "javascript:alert(1)", "http://me:secret@press.example/"]
)
def test_redirect_that_is_no_plain_web_address_is_refused(server, target):
    server.answers["/away"] = redirect(target)
    with pytest.raises(CaptureError, match="redirects to"):
        fetch(f"{server.url}/away", allow_loopback=True)
    assert server.connections == 1


def test_link_local_is_refused_even_where_loopback_is_allowed(server):
    server.answers["/away"] = redirect("http://169.254.169.254/latest/meta-data/")
    with pytest.raises(CaptureError, match=r"169\.254\.169\.254, which is not a public address"):
        fetch(f"{server.url}/away", allow_loopback=True)


def test_host_with_one_private_address_is_refused(server):
    detour = Detour(server)
    with pytest.raises(CaptureError, match=r"10\.0\.0\.1"):
        fetch("http://press.example/", network=Network(lambda *_: [PUBLIC, "10.0.0.1"], detour))
    assert detour.asked == []


def test_name_that_changes_its_address_is_connected_to_as_checked(server):
    """DNS rebinding: the name is resolved once, and what was checked is what is connected to."""
    answers = [["127.0.0.1"], [PUBLIC]]  # the second answer is popped first
    detour = Detour(server)
    got = fetch("http://press.example/", network=Network(lambda *_: answers.pop(), detour))
    assert got.text == "<p>Inside.</p>"
    assert detour.asked == [PUBLIC]
    assert answers == [["127.0.0.1"]]


def test_host_header_is_the_name(server):
    fetch("http://press.example/", network=Network(lambda *_: [PUBLIC], Detour(server)))
    assert "Host: press.example\r\n" in server.requests[0]


def test_tls_asks_for_the_name():
    """The handshake names the host (SNI), not the address that is connected to."""

    class Ear(LocalServer):
        def _serve(self, connection):
            with connection:
                self.requests.append(connection.recv(4096).decode("latin-1"))

    with Ear({}) as server, pytest.raises(CaptureError, match="the connection failed"):
        fetch("https://press.example/", network=Network(lambda *_: [PUBLIC], Detour(server)))
    assert "press.example" in server.requests[0]


def test_unresolvable_host_is_one_line():
    def unknown(*_):
        raise OSError("Name or service not known")

    with pytest.raises(
        CaptureError, match=r"^http://press\.example/: press\.example has no address; check the spelling"
    ):
        fetch("http://press.example/", network=Network(unknown))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "http://me:secret@press.example/", "press.example", "http://", ""]
)
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(CaptureError):
        fetch(url)


def test_proxies_of_the_environment_have_no_part(server, monkeypatch):
    with LocalServer({}) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert fetch(f"{server.url}/", allow_loopback=True).status == 200
    assert proxy.connections == 0
