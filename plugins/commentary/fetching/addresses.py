"""Which addresses a page may be fetched from: those that anybody's browser on the internet could reach."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA's special-purpose registries, where Python 3.11's `is_global` is behind them.
_SPECIAL_V4 = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))
_SPECIAL_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_UNICAST_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is reached


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Whether an IP address, as the resolver spells it, is a globally routable unicast address.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is judged by that.
    """
    try:
        ip = _reached(ip_address(address))
    except ValueError:
        return False
    if ip.is_loopback:
        return allow_loopback
    if ip.is_multicast or not ip.is_global:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _SPECIAL_V4)
    return ip in _UNICAST_V6 and not any(ip in network for network in _SPECIAL_V6)


def _reached(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv6Address):
        if inner := ip.ipv4_mapped or ip.sixtofour:
            return inner
        if ip in _NAT64:
            return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def is_disguised(host: str) -> bool:
    """Whether a host is an IPv4 address in a spelling other than four decimal numbers: `0x7f.1`, `2130706433`.

    The URL standard reads any host whose last label is a number as an IPv4 address; nobody links to one so.
    """
    labels = host.rstrip(".").split(".")
    if ":" in host or not re.fullmatch(r"\d+|0[xX][0-9a-fA-F]*", labels[-1]):
        return False
    try:
        return str(IPv4Address(host)) != host
    except ValueError:
        return True
