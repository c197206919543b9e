"""Tell which web addresses are asked for, and where a redirect leads."""

import re
from urllib.parse import urljoin, urlsplit

from store.errors import FetchError

LONGEST = 2_048
"""Characters in an address; longer ones are refused by many servers."""
LONGEST_ASKED = 6_000
"""Characters in an address that the program makes itself, which names many papers at a time."""

_UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\\]")


def address_problem(address: str, longest: int = LONGEST) -> str:
    """Say why an address can't be asked for; empty if it can."""
    if len(address) > longest:
        return f"the address is longer than {longest:,} characters"
    if _UNFIT.search(address):
        return "the address has spaces or control characters in it"
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname)
        _ = parts.port  # raises if it is not a number
    except ValueError:
        return "that is not a web address"
    if parts.scheme not in ("http", "https") or not named:
        return "only addresses that begin with http:// or https:// and a host can be fetched"
    if parts.username is not None or parts.password is not None:
        return "an address with a name or password is not fetched"
    return ""


def host_of(address: str) -> str:
    """Return the host of an address that has no problem."""
    return urlsplit(address).hostname or ""


def redirected(address: str, location: str) -> str:
    """Return where a redirect from an address leads; FetchError if that may not be followed."""
    try:
        target = urljoin(address, location.strip()).partition("#")[0]
    except ValueError:
        target = location
    if problem := address_problem(target):
        raise FetchError(f"{host_of(address)} redirects to {target[:100]!r}: {problem}")
    if address.startswith("https:") and not target.startswith("https:"):
        raise FetchError(
            f"{host_of(address)} redirects to {target[:100]}, which is not encrypted: refused"
        )
    return target
