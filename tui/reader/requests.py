"""Messages to the application and the reader: what threads and screens ask for."""

from collections.abc import Callable
from pathlib import Path

from textual.message import Message

from store.model import Paper


class AddressOpened(Message):
    """The user wants to see a web address, which has been checked to be one."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address


class FileOpened(Message):
    """The user wants to see a PDF that is here."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class PdfWanted(Message):
    """The user wants to see the PDF of a paper, wherever it is."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self.paper = paper


class TextCopied(Message):
    """The user wants a text on the clipboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class FromThread(Message):
    """A thread wants a function called on the screen."""

    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__()
        self.do = do
