"""What one does to a paper while its text is read: the marks of the reader, for it alone."""

from collections.abc import Callable

from store.model import Marks


class PaperMarks:
    """The marks of the paper whose text is read."""

    def __init__(
        self, paper_id: str, marks: Callable[[str], Marks], do: Callable[..., object]
    ) -> None:
        """`do` calls a method of a part of the reader, as "marking.star", for a paper."""
        self._paper_id = paper_id
        self._marks = marks
        self._do = do
        self.changed: Callable[[], None] = lambda: None
        """Is called once a mark was made."""

    @property
    def shown(self) -> str:
        """The marks in a few signs: star, whether it is unread, tags, a note."""
        marks = self._marks(self._paper_id)
        signs = (
            "★" if marks.starred else "",
            "" if marks.read else "●",
            *(f"#{tag}" for tag in marks.tags),
            "✎" if marks.note else "",
        )
        return " ".join(filter(None, signs))

    def star(self) -> None:
        """Star it, or take the star away."""
        self._do("marking.star", self._paper_id)
        self.changed()

    def read(self) -> None:
        """Mark it read or unread."""
        self._do("marking.read", self._paper_id)
        self.changed()

    def tag(self) -> None:
        """Ask for tags."""
        self._do("marking.tag", self._paper_id)

    def undo(self) -> None:
        """Undo the last change of marks."""
        self._do("marking.undo")
        self.changed()

    def copy_link(self) -> None:
        """Copy its address."""
        self._do("parts.taking.copy_link", self._paper_id)

    def copy_menu(self) -> None:
        """Ask as what it is copied."""
        self._do("parts.taking.copy_menu", self._paper_id)

    def write_note(self) -> None:
        """Write its note, beside or below the text."""
        self._do("parts.noting.write", self._paper_id)

    def quote(self, text: str) -> bool:
        """Add a quotation to its note; False if that can't be, which is reported."""
        return bool(self._do("parts.noting.quote", self._paper_id, text))
