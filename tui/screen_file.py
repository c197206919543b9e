"""The files that store screens for the next start: one for each way to start the reader.

A way is the arguments, the environment and the size of the terminal. A screen is written to the
terminal unchanged. So it is used only if nobody else can write to the file and its folder, if its
code was made with a secret of this user on this machine (keyed BLAKE2, RFC 7693), and if it
contains only printable characters and colours. A file contains:

    the code, 32 bytes
    the library, the file of settings, the signature of both, the screen, with NUL between them

This module imports nothing that is slow to load.
"""

import os
import sys
from collections.abc import Callable, Sequence
from stat import S_ISDIR, S_ISREG
from time import localtime

MOST_BYTES = 1_000_000
"""The size of a file at most: a screen of 500 by 100 cells, each in its own colour."""
MOST_FILES = 8
"""How many screens are stored, each for another way to start the reader."""
SECRET = "secret"
"""The name of the file with the secret."""

_FORM = "1"
_VARIABLES = (
    *("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TMUX"),
    *("LANG", "LC_ALL", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING", "TZ", "HOME"),
)
_PREFIXES = ("PAPERS_TUI_", "XDG_", "TEXTUAL")
"""Beginnings of variables that change the screen, the library or the settings."""
_CODE_BYTES = 32


def find(arguments: Sequence[str]) -> str:
    """Return the screen to begin with; empty if there is none, or it may not be shown.

    OSError if there is no terminal.
    """
    name = name_for(arguments)
    try:
        library, settings, signature, screen = read(name)
        is_right = signature == signature_of(library, settings) and is_drawn(screen)
    except (OSError, ValueError):
        return ""
    return screen if is_right else ""


def save(name: str, library: str, settings: str, signature: str, screen: str) -> None:
    """Store a screen under a name; OSError or ValueError if that fails."""
    if not is_drawn(screen):
        raise ValueError("the screen holds more than text and colours")
    folder = screens_folder()
    os.makedirs(folder, 0o700, exist_ok=True)
    _check(os.lstat(folder), S_ISDIR)
    body = "\0".join((library, settings, signature, screen)).encode()
    _write(folder, name, _code(_secret(folder, make=True), name, body) + body)
    stored = [each for each in os.scandir(folder) if each.name != SECRET]
    for each in sorted(stored, key=lambda each: os.stat(each).st_mtime, reverse=True)[MOST_FILES:]:
        os.unlink(each.path)


def forget(name: str) -> None:
    """Remove the screen of a name; OSError if that fails."""
    path = os.path.join(screens_folder(), name)
    if os.path.lexists(path):
        os.unlink(path)


def screens_folder() -> str:
    """Return the folder of screens, in the platform's folder for the state of programs."""
    usual = "~/.local/state"
    if sys.platform == "darwin":
        usual = "~/Library/Application Support"
    state = os.environ.get("XDG_STATE_HOME", "") if sys.platform != "darwin" else ""
    if not os.path.isabs(state):
        state = os.path.expanduser(usual)
    return os.path.join(state, "papers-tui", "screens")


def name_for(arguments: Sequence[str]) -> str:
    """Return the name of the screen for a way to start the reader.

    OSError if there is no terminal.
    """
    own = {
        name: value
        for name, value in os.environ.items()
        if name in _VARIABLES or name.startswith(_PREFIXES)
    }
    # In another folder a relative path means another library.
    paths = [*arguments, *(value for name, value in own.items() if name.startswith(_PREFIXES[0]))]
    place = os.getcwd() if any(not os.path.isabs(each) for each in paths) else ""
    size = tuple(os.get_terminal_size(1))
    way = repr((_FORM, [*arguments], sorted(own.items()), place, size, sys.version))
    return _hash(way.encode("utf-8", "surrogateescape"), 16).hex()


def signature_of(library: str, settings: str) -> str:
    """Return a text that changes with papers and marks, settings, program and day.

    OSError if there is no library.
    """
    here = os.path.dirname(__file__)
    files = [
        (each.name, *_stamp(os.stat(each)))
        for each in os.scandir(os.path.join(library, "papers"))
        if each.name.endswith(".json")
    ]
    marks = os.path.join(library, "state.json")
    for path in (
        marks,
        settings,
        *(os.path.join(here, room) for room in ("", "reader", "../store")),
    ):
        try:
            files.append((path, *_stamp(os.stat(path))))
        except FileNotFoundError:
            files.append((path, 0, 0, 0))
    return repr((localtime()[:3], sorted(files)))


def is_drawn(screen: str) -> bool:
    """Return whether a screen contains only lines of printable characters and colours."""
    for line in screen.split("\n"):
        text, *others = line.split("\x1b[")
        if not text.isprintable():
            return False
        for each in others:
            colour, ends, text = each.partition("m")
            if not ends or colour.strip("0123456789;") or not text.isprintable():
                return False
    return True


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_ino, status.st_size


def read(name: str) -> list[str]:
    """Return library, settings, signature and screen; ValueError if the file can't be trusted."""
    folder = screens_folder()
    _check(os.lstat(folder), S_ISDIR)
    data = _contents(folder, name)
    code, body = data[:_CODE_BYTES], data[_CODE_BYTES:]
    if not _same(code, _code(_secret(folder), name, body)):
        raise ValueError("it was not written here")
    return body.decode().split("\0")


def _secret(folder: str, make: bool = False) -> bytes:
    """Return the secret of this user on this machine; with `make`, make one if there is none."""
    try:
        secret = _contents(folder, SECRET)
        if len(secret) == 32:
            return secret
    except FileNotFoundError:
        pass
    if not make:
        raise ValueError("there is no secret")
    _write(folder, SECRET, secret := os.urandom(32))
    return secret


def _contents(folder: str, name: str) -> bytes:
    """Return the contents of a file that nobody else can write to; OSError or ValueError."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(os.path.join(folder, name), flags)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _check(status, S_ISREG)
        if status.st_size > MOST_BYTES:
            raise ValueError("it is too large")
        return file.read(MOST_BYTES)


def _check(status: os.stat_result, kind: Callable[[int], bool]) -> None:
    """Raise ValueError if a file is of another kind, or others can write to it."""
    if not kind(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise ValueError("others can write to it")


def _write(folder: str, name: str, data: bytes) -> None:
    """Replace a file as a whole; only this user can read it."""
    temporary = os.path.join(folder, f"{name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        with open(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(data)
        os.replace(temporary, os.path.join(folder, name))
    except BaseException:
        if os.path.lexists(temporary):
            os.unlink(temporary)
        raise


def _code(secret: bytes, name: str, body: bytes) -> bytes:
    # With the name of the machine: several may share a home folder.
    about = repr((name, os.uname().nodename)).encode()
    return _hash(about + b"\0" + body, _CODE_BYTES, secret)


def _same(one: bytes, other: bytes) -> bool:
    """Compare in constant time."""
    differing = len(one) ^ len(other)
    for a, b in zip(one, other, strict=False):
        differing |= a ^ b
    return not differing


def _hash(data: bytes, size: int, key: bytes = b"") -> bytes:
    try:
        # Not hashlib: it loads OpenSSL, which takes longer than everything else here.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    digest: bytes = blake2b(data, digest_size=size, key=key).digest()
    return digest
