"""Addresses of mail as they are typed: "a@example.org, Ada L. <b@example.org>".

Only plain ones are taken, without quotes, comments and groups (HTML Living Standard, 4.10.5.1.5,
valid e-mail address; its dots where RFC 5322 has them): there is nothing in them then that a
header or a server could take for more than an address.
"""

import re
from email.headerregistry import Address

_LOCAL = r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_SPEC = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r'"?([^"<>]*?)"?\s*<([^<>\s]+)>')
_LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3, less its brackets)."""


def parse_addresses(text: str) -> tuple[Address, ...]:
    """Return the addresses in a text, separated by commas; ValueError names one that is none."""
    return tuple(_address(part.strip()) for part in text.split(","))


def _address(text: str) -> Address:
    match = _NAMED.fullmatch(text)
    name, spec = match.groups() if match else ("", text)
    if not name.isprintable() or len(spec) > _LONGEST or not _SPEC.fullmatch(spec):
        raise ValueError(f"{text!r} is not a mail address such as me@example.org")
    return Address(name.strip(), addr_spec=spec)
