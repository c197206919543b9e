"""Commands under test: in this process, or the installed one in a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from patience import DEADLINE

COMMAND = Path(sys.executable).with_name("papers-tui")


class Outcome:
    """What a command did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err
        assert "Traceback" not in err + out


Run: TypeAlias = Callable[..., Outcome]


def process(arguments: Sequence[object], data: bytes = b"") -> Outcome:
    """Run the installed command, with data on its input."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], input=data, capture_output=True, timeout=DEADLINE
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def at_once(*commands: Sequence[object]) -> list[Outcome]:
    """Run installed commands at the same time; return what each did."""
    running = [
        subprocess.Popen(
            [COMMAND, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for command in commands
    ]
    said = [child.communicate(timeout=DEADLINE) for child in running]
    return [Outcome(child.returncode, *texts) for child, texts in zip(running, said, strict=True)]
