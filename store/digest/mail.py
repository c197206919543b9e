"""Mail: addresses as users type them, and sending a message through a server.

Sources: RFC 5321 (SMTP), RFC 3207 (STARTTLS), RFC 4954 (AUTH). The server's certificate is verified
against those that the system trusts, or those in the file that SSL_CERT_FILE names. The password
only goes over a secure connection.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from enum import StrEnum

from store.errors import PapersError
from store.text.clean import clean_line

_LOCAL = r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_SPEC = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r'"?([^"<>]*?)"?\s*<([^<>\s]+)>')
_LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3, without the brackets)."""
TIMEOUT = 30.0
"""Seconds that a server may be silent."""
_REPLY = 200
"""Characters of a server's answer in a message to the user."""


def parse_addresses(text: str) -> tuple[Address, ...]:
    """Return the addresses in a text such as "a@example.org, Ada L. <b@example.org>".

    Addresses are plain, without quotes, comments and groups: nothing in them means more to a header
    or a server. Source: HTML Living Standard, 4.10.5.1.5 (valid e-mail address).
    ValueError names a text that is not an address.
    """
    return tuple(_address(part.strip()) for part in text.split(","))


def _address(text: str) -> Address:
    match = _NAMED.fullmatch(text)
    name, spec = match.groups() if match else ("", text)
    if not name.isprintable() or len(spec) > _LONGEST or not _SPEC.fullmatch(spec):
        raise ValueError(f"{text!r} is not a mail address such as me@example.org")
    return Address(name.strip(), addr_spec=spec)


class Security(StrEnum):
    """How the connection is secured."""

    STARTTLS = "starttls"
    """It is encrypted before anything is sent; the server has to offer that."""
    TLS = "tls"
    """It is encrypted from the first byte."""
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
"""The usual ports of servers (RFC 8314)."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that accepts messages."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    """Empty if the server needs none."""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class MailError(PapersError):
    """A message was not sent; the text says why, and what to check."""


def send(
    message: EmailMessage, server: MailServer, password: str = "", timeout: float = TIMEOUT
) -> dict[str, str]:
    """Send a message from the address in its From to all in its To.

    Returns the server's reason by refused address. Raises MailError if it refuses all, or if
    anything else goes wrong.
    """
    if not (server.user + password).isascii():
        raise MailError(f"{server}: user and password can't have letters outside ASCII")
    sender = message["From"].addresses[0].addr_spec
    to = [address.addr_spec for address in message["To"].addresses]
    with _explained(server), _connected(server, timeout) as connection:
        if server.user:
            connection.login(server.user, password)
        refused = connection.send_message(message, sender, to)
    return {address: _reply(*reason) for address, reason in refused.items()}


@contextmanager
def _connected(server: MailServer, timeout: float) -> Iterator[smtplib.SMTP]:
    connection: smtplib.SMTP
    if server.security is Security.TLS:
        connection = smtplib.SMTP_SSL(
            server.host, server.port, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=timeout)
    try:
        if server.security is Security.STARTTLS:
            connection.starttls(context=ssl.create_default_context())
        yield connection
        # The message is sent, whatever the server answers to QUIT.
        with suppress(OSError):
            connection.quit()
    finally:
        connection.close()


@contextmanager
def _explained(server: MailServer) -> Iterator[None]:
    """Raise MailError for every error of a connection to a server."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        reasons = (f"{who}: {_reply(*reason)}" for who, reason in error.recipients.items())
        raise MailError(f"{server} refuses to send to {'; '.join(reasons)}") from error
    except smtplib.SMTPSenderRefused as error:
        reply = _reply(error.smtp_code, error.smtp_error)
        raise MailError(f"{server} refuses mail from {error.sender}: {reply}") from error
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(
            f"{server} does not let {server.user} in: {_reply(error.smtp_code, error.smtp_error)}. "
            "Check user and password; some servers need a password made for programs"
        ) from error
    except smtplib.SMTPResponseException as error:
        reply = _reply(error.smtp_code, error.smtp_error)
        raise MailError(f"{server} refuses: {reply}") from error
    except smtplib.SMTPServerDisconnected as error:
        if isinstance(error.__context__, TimeoutError):
            raise _silent(server) from error
        raise MailError(f"{server} closed the connection; try again later") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(
            f"{server} does not support the settings: {_words(error)}. Check security and port"
        ) from error
    except smtplib.SMTPException as error:
        raise MailError(f"{server}: {_words(error)}") from error
    except ssl.SSLCertVerificationError as error:
        raise MailError(
            f"the certificate of {server} can't be trusted: {clean_line(error.verify_message)}"
        ) from error
    except ssl.SSLError as error:
        raise MailError(
            f"no secure connection to {server}: {_words(error)}. Check security and port"
        ) from error
    except TimeoutError as error:
        raise _silent(server) from error
    except OSError as error:
        reason = error.strerror or _words(error)
        raise MailError(f"no connection to {server}: {clean_line(reason)}") from error


def _silent(server: MailServer) -> MailError:
    return MailError(f"{server} does not answer. Check host, port and security")


def _reply(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return clean_line(f"{code} {words}", _REPLY)


def _words(error: Exception) -> str:
    return clean_line(str(error), _REPLY).rstrip(".")
