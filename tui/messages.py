"""Messages between the reader's screen and the application."""

from textual.message import Message


class MarksWaiting(Message):
    """Marks have changed in memory and wait to be saved."""
