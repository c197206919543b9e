"""The table `[digest]` of the settings: who gets the digest, the mail server, its password."""

import re
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from ipaddress import ip_address

from store.digest.mail import PORTS, MailServer, Security, parse_addresses
from store.errors import PapersError
from store.text.clean import clean_line
from store.text.messages import choices

_TEXTS = ("to", "from", "host", "security", "user", "password_env", "password_command")
_OPTIONS = (*_TEXTS, "port")
_HOST = re.compile(r"[a-zA-Z0-9_-]{1,63}(?:\.[a-zA-Z0-9_-]{1,63})*\.?|[0-9a-fA-F.]*:[0-9a-fA-F:.]*")
"""The name or address of a machine (IPv6 has colons)."""
_SECONDS = 60.0
"""How long the command may take: it may have to ask for a passphrase."""


class DigestSettingsError(PapersError):
    """The digest can't be sent with these settings; the text names the option."""

    status = 2

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """The wrong option, if it is one."""


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """The options; those that are not set are empty."""

    to: tuple[Address, ...] = ()
    """Who gets the digest."""
    sender: Address | None = None
    """The option `from`."""
    server: MailServer | None = None
    """The server, if a host is set."""
    password_env: str = ""
    """The environment variable with the password."""
    password_command: tuple[str, ...] = ()
    """The program that prints the password, with its arguments."""


def read_settings(table: object) -> DigestSettings:
    """Return the options in the table; DigestSettingsError names the wrong one."""
    if not isinstance(table, dict):
        raise DigestSettingsError(
            'digest takes options, such as [digest] and to = "me@example.org"'
        )
    if "password" in table:
        raise DigestSettingsError(
            "[digest] password: a password does not belong in this file, which others may see; "
            "remove it, change it if they have seen it, and use password_env or password_command",
            "password",
        )
    for name in table:
        if name not in _OPTIONS:
            raise _wrong(name, f"there is no such option; {choices(name, _OPTIONS)}")
    texts = {name: _text(table, name) for name in _TEXTS}
    user, env, command = (texts[name] for name in ("user", "password_env", "password_command"))
    if env and command:
        raise _wrong("password_command", "password_env is set too; one of them is enough")
    if (env or command) and not user:
        raise _wrong("user", "missing, though there is a password")
    if user and not (env or command):
        raise _wrong("password_env", "missing, like password_command; user needs one of them")
    sender = _addresses(texts, "from")
    if len(sender) > 1:
        raise _wrong("from", "it takes one address")
    return DigestSettings(
        to=_addresses(texts, "to"),
        sender=sender[0] if sender else None,
        server=_server(texts, table.get("port")),
        password_env=env,
        password_command=_words(command),
    )


def find_password(settings: DigestSettings, environment: Mapping[str, str]) -> str:
    """Return the password; empty if none is set.

    Raises DigestSettingsError if the variable is missing, PapersError if the command fails.
    """
    if settings.password_command:
        return _printed(settings.password_command)
    name = settings.password_env
    if name and not environment.get(name):
        raise DigestSettingsError(f"[digest] password_env: the environment has no {name}")
    return environment[name] if name else ""


def _server(texts: Mapping[str, str], port: object) -> MailServer | None:
    host, user = texts["host"], texts["user"]
    try:
        security = Security(texts["security"] or "starttls")
    except ValueError:
        kinds = ", ".join(Security)
        raise _wrong("security", f"it is one of {kinds}") from None
    if port is None:
        port = PORTS[security]
    elif type(port) is not int or not 0 < port < 65_536:
        raise _wrong("port", "it takes a number from 1 to 65535")
    if not host:
        return None
    if not _HOST.fullmatch(host):
        raise _wrong("host", "it takes the name of a server, such as smtp.example.org")
    if security is Security.NONE and user and not _is_here(host):
        raise _wrong(
            "security", f'"none" would send the password to {host} unencrypted; use "starttls"'
        )
    return MailServer(host, port, security, user)


def _is_here(host: str) -> bool:
    """Return whether a server is on this machine."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _text(table: Mapping[str, object], name: str) -> str:
    value = table.get(name, "")
    if (
        not isinstance(value, str)
        or not value.isprintable()
        or (name in table and not value.strip())
    ):
        raise _wrong(name, "it takes a text in quotes")
    return value


def _addresses(texts: Mapping[str, str], name: str) -> tuple[Address, ...]:
    try:
        return parse_addresses(texts[name]) if texts[name] else ()
    except ValueError as error:
        raise _wrong(name, str(error)) from None


def _words(command: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        raise _wrong("password_command", f"{error} in it") from None


def _wrong(name: str, what: str) -> DigestSettingsError:
    return DigestSettingsError(f"[digest] {name}: {what}", name)


def _printed(command: tuple[str, ...]) -> str:
    """Return the first line that a program prints; it is started without a shell."""
    try:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _failed(command, f"it takes longer than {_SECONDS:.0f} s") from None
    except OSError as error:
        raise _failed(command, error.strerror or "it can't be started") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _failed(command, said[-1] if said else f"it exits with status {ended.returncode}")
    lines = ended.stdout.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0]:
        raise _failed(command, "it prints no password")
    return lines[0]


def _failed(command: tuple[str, ...], reason: str) -> PapersError:
    return PapersError(f"password_command {command[0]}: {clean_line(reason, 200)}")
