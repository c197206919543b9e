"""The bindings of commands of the user's own."""

from collections.abc import Iterable

from textual.binding import Binding

from tui.settings.commands import OwnCommand


def own_bindings(commands: Iterable[OwnCommand]) -> list[Binding]:
    """Return a binding of each command.

    Its key is a name that no key has: the keymap, which has checked the keys, puts them in its
    place. One without a key is in the palette alone, and has an empty one.
    """
    return [
        Binding(
            f"own-command-{each.number}" if each.key.strip() else "",
            f"run_command({each.number})",
            each.name,
            tooltip=each.name,
            id=each.action_id,
            show=False,
        )
        for each in commands
    ]
