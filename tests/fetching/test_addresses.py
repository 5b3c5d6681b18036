"""Only public unicast addresses are fetched from, in whatever form an address comes."""

from __future__ import annotations

import pytest

from commentary.fetching.addresses import is_disguised, is_public

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::6810:85e5", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8"]
LOOPBACK = ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "2002:7f00:1::1", "64:ff9b::127.0.0.1"]
SPECIAL = {
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    "link-local": ["169.254.169.254", "fe80::1", "fe80::1%eth0"],
    "CGNAT": ["100.64.0.1", "100.127.255.255"],
    "ULA": ["fc00::1", "fd12:3456::1"],
    "embedded private": ["::ffff:10.0.0.1", "2002:a00:1::1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "::10.0.0.1"],
    "tunnel": ["2001:0:4136:e378::1"],
    "multicast": ["224.0.0.1", "224.0.1.1", "239.255.255.250", "ff02::1", "ff0e::1"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0"],
    "reserved": ["240.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1"],
    "documentation": ["2001:db8::1", "3fff::1"],
    "site-local": ["fec0::1"],
    "no address": ["", "localhost", "127.1", "1.2.3.4.5"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", [a for addresses in SPECIAL.values() for a in addresses])
def test_special_address_is_never_public(address):
    assert not is_public(address)
    assert not is_public(address, allow_loopback=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_loopback_is_public_only_if_allowed(address):
    assert not is_public(address)
    assert is_public(address, allow_loopback=True)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "127.0.0.01", "0x", "1.2.3.4.5", "8.8.8.8."]
)
def test_number_that_is_no_dotted_quad_is_a_disguise(host):
    assert is_disguised(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "::1", "7.example", "0x7f.example", "1e100.net", "localhost"])
def test_plain_host_is_no_disguise(host):
    assert not is_disguised(host)
