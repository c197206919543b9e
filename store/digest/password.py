"""Get the password for the server that takes the digest, from where the settings say it is."""

import subprocess
from collections.abc import Mapping

from store.digest.settings import DigestSettings, DigestSettingsError
from store.errors import PapersError
from store.text.clean import clean_line

_SECONDS = 60.0
"""How long the command may take; it may have to ask for a passphrase."""


def find_password(settings: DigestSettings, environment: Mapping[str, str]) -> str:
    """Return the password, or an empty text if none is set.

    Raises DigestSettingsError if the variable is not there, PapersError if the command fails.
    """
    if settings.password_command:
        return _printed(settings.password_command)
    name = settings.password_env
    if name and not environment.get(name):
        raise DigestSettingsError(f"[digest] password_env: the environment has no {name}")
    return environment[name] if name else ""


def _printed(command: tuple[str, ...]) -> str:
    """Return the first line that a program prints; no shell is asked."""
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
