"""Which web addresses may be requested, and where a redirect leads."""

import re
from urllib.parse import urljoin, urlsplit

from store.errors import FetchError
from store.text.web import LONGEST

LONGEST_ASKED = 6_000
"""Most characters of an address that the program makes itself, with the ids of many papers."""

_UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\\]")


def address_problem(address: str, longest: int = LONGEST) -> str:
    """Return in words why an address can't be requested; empty if it can."""
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
    """Return the host of an address without problems."""
    return urlsplit(address).hostname or ""


def redirected(address: str, location: str) -> str:
    """Return where a redirect from an address leads; FetchError if it may not be followed."""
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
