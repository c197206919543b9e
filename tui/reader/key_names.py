"""The key of an action in words, for messages that say what to press."""

from textual.binding import Binding
from textual.dom import DOMNode


def key_for(node: DOMNode, name: str) -> str:
    """Return the first key that an action of a screen has; its id where the settings leave none."""
    for key, binding in node._bindings:
        if binding.id == name:
            return node.app.get_key_display(Binding(key, "", ""))
    return name
