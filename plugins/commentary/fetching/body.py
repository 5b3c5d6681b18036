"""The body of an answer, decompressed as it comes, so that a small answer cannot grow without end."""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPT_ENCODING = "gzip, deflate"
MOST_BYTES = 5_000_000  # sent, and after decompression; the longest article is a tenth of it
_STEP = 1 << 16  # bytes that are decompressed before they are counted
_MEMBER = 0x1F  # begins each of the parts that a gzip body may have (RFC 1952, 2.3.1)


class BodyError(ValueError):
    """The body is too large, or not in the encoding that its header names."""


def read_body(chunks: Iterable[bytes], encoding: str) -> bytes:
    """The bytes of a body sent with this `Content-Encoding`; BodyError says why it cannot be read."""
    body = bytearray()
    for part in _decoded(_counted(chunks), encoding.strip().lower()):
        body += part
        _check_size(len(body))
    return bytes(body)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise BodyError(f"is larger than {MOST_BYTES // 1_000_000} MB")


def _counted(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        _check_size(size)  # compressed bytes may also come without end, and decompress to nothing
        yield chunk


def _decoded(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from chunks
    elif encoding in ("gzip", "x-gzip", "deflate"):
        yield from _inflated(chunks, encoding)
    else:
        raise BodyError(f"is encoded as {encoding!r}, which was not asked for")


def _inflated(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    first = next(chunks, b"")
    if not first:
        return
    if encoding != "deflate":
        wbits = 16 + zlib.MAX_WBITS
    elif first[0] & 0x0F == zlib.DEFLATED:  # a zlib header, as RFC 9110 has it; some servers leave it out
        wbits = zlib.MAX_WBITS
    else:
        wbits = -zlib.MAX_WBITS
    inflater = zlib.decompressobj(wbits)
    try:
        for chunk in chain((first,), chunks):
            rest = chunk
            while rest:
                if inflater.eof:
                    if encoding == "deflate" or rest[0] != _MEMBER:  # padding, as some servers send
                        return
                    inflater = zlib.decompressobj(wbits)
                yield inflater.decompress(rest, _STEP)
                rest = inflater.unused_data or inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as cause:
        raise BodyError(f"is not {encoding} as its header says") from cause
    if not inflater.eof:
        raise BodyError("ends in the middle")
