"""The system's own clipboard, for terminals that take no text from a program."""

import shutil
import subprocess
import sys
from collections.abc import Mapping

PATIENCE_SECONDS = 2.0
"""A clipboard that takes longer than this is left alone."""


def clipboard_command(environment: Mapping[str, str], system: str = sys.platform) -> list[str]:
    """Return the command that puts its input on the clipboard; empty if there is none.

    Over SSH that would be the clipboard of the wrong machine.
    """
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return []
    commands = []
    if system == "darwin":
        commands.append(["pbcopy"])
    if environment.get("WAYLAND_DISPLAY"):
        commands.append(["wl-copy"])
    if environment.get("DISPLAY"):
        commands.append(["xclip", "-selection", "clipboard"])
    path = environment.get("PATH")
    return next((each for each in commands if shutil.which(each[0], path=path)), [])


def put_on_clipboard(text: str, environment: Mapping[str, str]) -> bool:
    """Put a text on the system's clipboard; return whether it took it."""
    command = clipboard_command(environment)
    if not command:
        return False
    quiet = subprocess.DEVNULL
    try:
        # Some go on running to serve the text: with no pipe of ours, nobody waits for them.
        done = subprocess.run(
            command, input=text.encode(), stdout=quiet, stderr=quiet, timeout=PATIENCE_SECONDS,
            start_new_session=True,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
