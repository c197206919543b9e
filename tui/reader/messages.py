"""Messages from the reader's screen to the application."""

from textual.message import Message


class MarksWaiting(Message):
    """Marks have changed in memory and wait to be saved."""


class AddressOpened(Message):
    """The user wants to see a web address, which has been checked to be one."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address


class TextCopied(Message):
    """The user wants a text on the clipboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
