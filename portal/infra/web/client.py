"""Whose machine a request comes from, as far as that is known: to count by, and for nothing else.

The address itself is kept nowhere. What is counted under it has a hash of it, made with a key of the day (counts.py).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from flask import current_app, has_request_context, request

LONGEST_ADDRESS = 60
SHARED_BITS = 64  # of an IPv6 address: whoever has one has all that begin like it


def client() -> str:
    """The address a request comes from; '' where that is not known, so that nobody is counted together with all others.

    As many proxies as the settings say stand before the portal, and each adds to X-Forwarded-For whom it heard from.
    What stands before that was written by whoever asks, and is not believed. Without proxies the header counts for
    nothing, and an address that is of no network but one's own is taken for a proxy that nobody has told us of.
    """
    if not has_request_context():
        return ""
    proxies: int = current_app.config["PORTAL"].proxies
    if proxies:
        said = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
        if len(said) >= proxies and (found := _read(said[-proxies])):
            return _counted(found)
    found = _read(request.remote_addr or "")
    return _counted(found) if found and found.is_global else ""


def _read(said: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it, some with a port."""
    said = said.strip()
    if len(said) > LONGEST_ADDRESS:
        return None
    if said.startswith("[") and "]" in said:
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        found = ip_address(said)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found


def _counted(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), SHARED_BITS), strict=False))
    return str(address)
