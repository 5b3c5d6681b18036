"""The way out to the network: hosts resolved once, checked, connected to as checked, all before one deadline."""

from __future__ import annotations

import socket
import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import httpcore

from commentary.errors import CaptureError
from commentary.fetching.addresses import is_disguised, is_public

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Sequence

_ATTEMPT = 5.0  # seconds for one of a host's addresses, so that a dead one leaves time for the next


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as the system resolves it. OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Deadline:
    """A moment by which a whole request must be over, redirects, slow bytes and all."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; httpcore.ReadTimeout if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(f"{self.seconds:g} s are over")
        return left


class Network(NamedTuple):
    """How hosts are resolved and addresses connected to; tests bring their own."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    backend: httpcore.NetworkBackend = httpcore.SyncBackend()


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, and to the very address that it checked.

    A name that resolves to something else a moment later (DNS rebinding) is not asked again; TLS
    and `Host` go on using the name.
    """

    def __init__(self, url: str, *, deadline: Deadline, network: Network, allow_loopback: bool) -> None:
        self._url = url
        self._deadline = deadline
        self._network = network
        self._allow_loopback = allow_loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's signature; the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, connect. CaptureError if the host is not public, or has no address."""
        failure: Exception | None = None
        for address in self._checked(host, port):
            limit = min(self._deadline.remaining(), _ATTEMPT)
            try:
                stream = self._network.backend.connect_tcp(address, port, limit, local_address, socket_options)
                return _DeadlineStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as cause:
                failure = cause
        raise CaptureError(self._url, f"{host} does not accept a connection ({failure}); try again later")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        if is_disguised(host):
            raise CaptureError(self._url, f"{host} is an IP address in disguise; give the page's usual address")
        addresses = self._resolved(host, port)
        for address in addresses:
            if not is_public(address, allow_loopback=self._allow_loopback):
                raise CaptureError(
                    self._url, f"{host} is {address}, which is not a public address; save the page and give the file"
                )
        return addresses

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        # The system's resolver knows no timeout, so it is waited for from outside.
        answer: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._network.resolve(host, port))
            except (OSError, UnicodeError) as cause:  # UnicodeError: a label that is empty or too long
                answer.put(cause)

        Thread(target=ask, daemon=True).start()
        try:
            addresses = answer.get(timeout=self._deadline.remaining())
        except Empty:
            raise httpcore.ConnectTimeout(f"{host} is not resolved") from None
        if isinstance(addresses, Exception) or not addresses:
            raise CaptureError(self._url, f"{host} has no address; check the spelling, and that you are online")
        return addresses


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline: a server that drips bytes gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - httpcore's signature
        return self._stream.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.remaining())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining())
        return _DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
