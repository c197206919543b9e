"""How one reads: on to the next unread paper, the paper alone, its links, what counts as read."""

from collections.abc import Callable, Sequence
from datetime import date

from textual.timer import Timer
from textual.widget import Widget

from store.library import Library
from store.model import Change, Paper
from store.text.web import is_web_address
from tui.config import Config
from tui.reader.fetching import FetchingScreen
from tui.reader.messages import AddressOpened
from tui.reader.render import links_shown


class ReadingScreen(FetchingScreen):
    """A screen on which papers are read."""

    def __init__(
        self, library: Library, today: Callable[[], date], query: str, config: Config
    ) -> None:
        super().__init__(library, today, query, config)
        self._advances = config.advance_after_mark
        self._before_zen: Widget | None = None
        """What had the focus before the paper stood alone."""
        self._dwelling: Timer | None = None
        self._dwelt_on = ""
        """Id of the paper that the cursor came to last."""

    def action_next_unread(self, step: int) -> None:
        """Mark this paper read, unless that is not wanted, and go to the next unread one."""
        if self._config.read_on_next:
            self._mark_cursor_read()
        if not self.papers.move_to_unread(step):
            self.notify("No more unread papers here.")

    def action_filter(self) -> None:
        """Let the user type a filter, with the list in sight."""
        self.leave_zen()
        self.remove_class("-reading")
        super().action_filter()

    def action_zen(self) -> None:
        """Show the paper alone, and mark it read; the second time go back."""
        if self.leave_zen() or not self.papers.cursor:
            return
        self._mark_cursor_read()
        self._before_zen = self.focused
        self.add_class("-zen")
        self.set_focus(self.detail)

    def leave_zen(self) -> bool:
        """Show list and filter again; False where they are shown."""
        if not self.has_class("-zen"):
            return False
        self.remove_class("-zen")
        self.set_focus(self._before_zen or self.papers)
        return True

    # Links

    def action_open_page(self) -> None:
        """Open the paper's page."""
        from store.export.addresses import links_of

        if paper := self._paper():
            links = links_of(paper)
            self._open(links.page or links.project or links.code or links.pdf)

    def action_open_pdf(self) -> None:
        """Open the paper's PDF."""
        if paper := self._paper():
            self._open(paper.links.pdf)

    def action_open_link(self, number: int) -> None:
        """Open the link that has the number in the detail."""
        if paper := self._paper():
            addresses = [address for _, address in links_shown(paper)]
            self._open(addresses[number - 1] if number <= len(addresses) else "")

    def _open(self, address: str) -> None:
        if is_web_address(address):
            self.post_message(AddressOpened(address))
        else:
            self.notify("This paper has no such address.")

    # What counts as read

    def _show_paper(self) -> None:
        super()._show_paper()
        seconds, paper_id = self._config.read_on_dwell, self.papers.cursor
        if seconds and paper_id != self._dwelt_on:
            self._dwelt_on = paper_id
            self._stop_dwelling()
            self._dwelling = self.set_timer(seconds, self._dwelt)

    def find_again(self, paper_ids: Sequence[str]) -> None:
        """Bring papers that were changed back into sight; that counts for no reading."""
        super().find_again(paper_ids)
        self._dwelt_on = self.papers.cursor
        self._stop_dwelling()

    def _stop_dwelling(self) -> None:
        if self._dwelling:
            self._dwelling.stop()
            self._dwelling = None

    def _dwelt(self) -> None:
        """Mark the paper read that the cursor rests on, if that is what one looks at."""
        # A timer that is stopped may have sent its message already.
        if self._dwelling and self.is_active and self.focused in (self.papers, self.detail):
            self._mark_cursor_read()

    def _mark_cursor_read(self) -> None:
        if self.papers.cursor:
            self._mark([self.papers.cursor], Change(read=True), quietly=True)

    def _paper(self) -> Paper | None:
        return self._library.papers.get(self.papers.cursor)
