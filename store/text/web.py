"""Which addresses from feeds may be opened, or handed on to be opened."""

from urllib.parse import urlsplit

LONGEST = 2_048
"""In characters; what servers and browsers take."""


def is_web_address(address: str) -> bool:
    """Tell whether an address is plain http(s): a host, no user info, no white space, not long."""
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return False
