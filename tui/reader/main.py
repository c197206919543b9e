"""The reader: list, detail and filter bar. The only one that knows all parts of it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from store.library import Library
from store.writer import Changes
from tui.config import Config
from tui.reader.background import Background
from tui.reader.filter_line import FilterLine
from tui.reader.finding import Finding
from tui.reader.keys import KEYS, LIST_ACTIONS
from tui.reader.marking import Marking
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.reading import Reading
from tui.reader.requests import FromThread
from tui.reader.saved_views import SavedViews
from tui.reader.session import Session
from tui.reader.toasts import close_passing
from tui.reader.widgets.key_line import KeyLine
from tui.words import SAMPLE

if TYPE_CHECKING:  # made when they are first asked for, so that the start does not wait for them
    from tui.reader.counting import Counting
    from tui.reader.fetching import Fetching
    from tui.reader.noting import Noting
    from tui.reader.taking import Taking
    from tui.reader.views import Views

WELCOME_SECONDS = 10
BESIDE = Size(100, 16)
"""From this size on the sidebar stands beside the list; smaller, over it (see main.tcss)."""
THREE_PANES = 130
"""From this width on the detail is in sight as well."""


class MainScreen(Screen[None]):
    """The reader. What a key does is in the part that its action calls."""

    HORIZONTAL_BREAKPOINTS = [(0, "-one-pane"), (60, "-stacked"), (100, "-side-by-side"),
                              (130, "-spacious")]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(
        self,
        library: Library,
        today: Callable[[], date],
        query: str,
        config: Config,
        wake: Callable[[], None],
    ) -> None:
        """`wake` lets the writer save."""
        super().__init__()
        self._config = config
        self._before_zen: Widget | None = None
        """What had the focus before the paper stood alone."""
        self.session = session = Session(library, today, query, config.views)
        self.messages = messages = Messages(self)
        self.panes = panes = Panes(self, session, messages, self._typed, self._came_to)
        self.background = Background(self)
        self.finding = Finding(
            session, panes, messages, self.background, self._show_list, self._recount
        )
        self.filter_line = FilterLine(
            session, panes, self.finding, self._focus_list, lambda: self.saved_views.kept.filters
        )
        self.marking = Marking(
            session, panes, messages, wake, self._recount, self._found_again, self._advance
        )
        self.reading = Reading(
            session, panes, messages, config, self.marking.cursor_read, self.set_timer,
            self._is_looked_at,
        )  # fmt: skip
        self.saved_views = SavedViews(
            session, panes, messages, config.views, self.post_message, self._recount
        )

    @cached_property
    def noting(self) -> "Noting":
        """Writes notes."""
        from tui.reader.noting import Noting

        return Noting(self.session, self.panes, self.marking.can_mark, self.marking.mark)

    @cached_property
    def taking(self) -> "Taking":
        """Copies, exports, opens."""
        from tui.reader.taking import Taking

        return Taking(
            self.session, self.panes, self.messages, self.post_message,
            lambda do, group: self.run_worker(do, thread=True, group=group),
        )  # fmt: skip

    @cached_property
    def fetching(self) -> "Fetching":
        """Fetches feeds."""
        from tui.reader.fetching import Fetching

        return Fetching(self.session, self.panes, self.messages, self._config, self.post_message)

    @cached_property
    def views(self) -> "Views":
        """Goes to views and changes them."""
        from tui.reader.views import Views

        return Views(self.session, self.panes, self.messages, self.saved_views, self.finding.go_to)

    @cached_property
    def counting(self) -> "Counting":
        """Counts for the sidebar."""
        from tui.reader.counting import Counting

        return Counting(
            self.session, self.panes, self.background,
            lambda today: self.saved_views.kept.last_visit(today),
        )  # fmt: skip

    # Beginning and end

    def compose(self) -> ComposeResult:
        """Lay out the header line, the two panes, the filter and the keys."""
        # Textual does so after the first paint, which would be that of another layout.
        for length, breakpoints in zip(
            self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True
        ):
            self.add_class([name for least, name in breakpoints if length >= least][-1])
        self.panes.bar.value = self.session.query
        yield self.panes.status
        with Container(id="panes"):
            yield self.panes.list
            yield self.panes.detail
        yield self.panes.bar
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to read; what the first paint does not need comes after it."""
        self.panes.list.border_title = Content("Papers")
        if self.session.query:
            self.saved_views.read()  # the filter may name a view
        self.finding.begin()
        self.call_after_refresh(self.finding.read_rest)
        if not self.saved_views.was_read:
            self.call_after_refresh(self.saved_views.read)
        self._focus_list()
        self._welcome()
        if newer := self.session.library.newer:
            self.messages.say_for_long("Read only", newer)

    def on_unmount(self) -> None:
        """Let go of servers, keep the note that is being written, remember the visit."""
        if "fetching" in vars(self):
            self.fetching.stop()
        if "noting" in vars(self):
            self.noting.end()
        self.saved_views.end(list(self.filter_line.history))

    def _welcome(self) -> None:
        """Say what to do first, where there is only the sample feed and no mark."""
        papers = self.session.papers.values()
        if papers and not self.session.all_marks and all(p.feeds == (SAMPLE,) for p in papers):
            fetch, keys = self.messages.key("app.fetch"), self.messages.key("app.help")
            text = f"These papers are a sample: {fetch} fetches today's. {keys} shows all keys."
            self.messages.say(text, "Welcome", seconds=WELCOME_SECONDS)

    # What the writer and other threads tell

    def on_from_thread(self, message: FromThread) -> None:
        """Do what a thread wants done on the screen."""
        message.do()

    def marks_saved(self, kept: int) -> None:
        """Show that marks are on disk; `kept` papers stay as another program left them."""
        self.marking.saved(kept)
        if "noting" in vars(self):
            self.noting.saved()

    def marks_failed(self, reason: str) -> None:
        """Take back what could not be saved."""
        self.marking.failed(reason)
        if "noting" in vars(self):
            self.noting.failed()

    def changed_elsewhere(self, changes: Changes) -> None:
        """Show what another program did to the library; cursor and scroll stay."""
        marked = self.session.take(changes)
        if changes.marks:
            self.marking.show(marked)
        if changes.months:
            self.finding.apply_again()
            self._recount()
        # Before the first time it is about to be read anyway, and what is wrong with it said.
        if changes.views and self.saved_views.was_read:
            self.saved_views.read(quietly=True)

    # What the parts ask for

    def _typed(self, text: str) -> None:
        self.filter_line.typed(text)

    def _came_to(self, paper_id: str) -> None:
        self.reading.came_to(paper_id)

    def _found_again(self, paper_ids: Sequence[str]) -> None:
        """Bring papers that were changed back into sight."""
        if self.session.query:
            self.finding.apply_again()
        if len(paper_ids) == 1:
            self.panes.list.move_to_paper(paper_ids[0])
        self.reading.was_taken_to(self.panes.list.cursor)

    def _advance(self) -> None:
        """Go on from the paper that was marked, where that is wanted."""
        papers = self.panes.list
        if not self._config.advance_after_mark or self.focused is not papers:
            return
        if not papers.selected_here():
            papers.move(1)

    def _is_looked_at(self) -> bool:
        return self.is_active and self.focused in (self.panes.list, self.panes.detail)

    def _recount(self) -> None:
        if self.panes.sidebar_shown:
            self.counting.anew()

    # Focus, and what is in sight

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Put the focus on a widget, and that in sight; take note where a filter is begun."""
        self._bring_into_sight(widget, self.size)
        if widget is self.panes.bar.input and not self.panes.is_typing and not from_app_focus:
            self.filter_line.begin()
        super().set_focus(widget, scroll_visible, from_app_focus)

    def on_resize(self, event: events.Resize) -> None:
        """Keep what keys are for in sight."""
        self._bring_into_sight(self.focused, event.size)

    def on_screen_suspend(self) -> None:
        """Let a dialog be alone with its keys and messages."""
        self.add_class("-behind")
        close_passing(self.app)

    def on_screen_resume(self) -> None:
        """Take keys and messages again."""
        self.remove_class("-behind")

    def _bring_into_sight(self, widget: Widget | None, size: Size) -> None:
        """Close the sidebar where it covers what has the focus."""
        if widget is None or widget is self.panes.sidebar:
            return
        over_list = size.width < BESIDE.width or size.height < BESIDE.height
        if over_list or (widget is self.panes.detail and size.width < THREE_PANES):
            self._hide_sidebar()

    def _hide_sidebar(self) -> None:
        if self.panes.sidebar_shown:
            self.remove_class("-sidebar")
            self.counting.stop()

    def _focus_list(self) -> None:
        self.set_focus(self.panes.list)

    def _show_list(self) -> None:
        self._leave_zen()
        self.remove_class("-reading")
        self._focus_list()

    def _leave_zen(self) -> bool:
        """Show list and filter again; False where they are shown."""
        if not self.has_class("-zen"):
            return False
        self.remove_class("-zen")
        self.set_focus(self._before_zen or self.panes.list)
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no filter while it is being typed, and no marks with keys of the sidebar."""
        if action == "filter" and self.panes.is_typing:
            return False
        if self.panes.in_sidebar and action in LIST_ACTIONS:
            return False
        return super().check_action(action, parameters)

    # Keys: moving and reading

    def action_move(self, delta: int) -> None:
        """Move by papers."""
        self.panes.list.move(delta)

    def action_move_half(self, direction: int) -> None:
        """Move by half a page."""
        self.panes.list.move(direction * max(self.panes.list.page // 2, 1))

    def action_move_to(self, place: int) -> None:
        """Move to a place in the list."""
        self.panes.list.move_to(place)

    def action_move_day(self, step: int) -> None:
        """Move to another day."""
        self.panes.list.move_to_day(step)

    def action_next_unread(self, step: int) -> None:
        """Go to the next unread paper."""
        self.reading.next_unread(step)

    def action_scroll_detail(self, lines: int) -> None:
        """Scroll the abstract while the list has the focus."""
        self.panes.detail.scroll_lines(lines)

    def on_paper_list_opened(self) -> None:
        """Open the paper that was clicked twice."""
        self.action_open()

    def action_open(self) -> None:
        """Read the paper under the cursor; where that is what one does, its full text."""
        if self.focused is self.panes.detail:
            self.reading.full_text()
        elif self.panes.list.cursor:
            self.marking.cursor_read()
            self.add_class("-reading")
            self.set_focus(self.panes.detail)

    def action_full_text(self) -> None:
        """Read the whole text of the paper under the cursor."""
        self.reading.full_text()

    def action_zen(self) -> None:
        """Show the paper alone, and mark it read; the second time go back."""
        if self._leave_zen() or not self.panes.list.cursor:
            return
        self.marking.cursor_read()
        self._before_zen = self.focused
        self.add_class("-zen")
        self.set_focus(self.panes.detail)

    def action_back(self) -> None:
        """Go back one layer: messages, paper alone, detail, selection, filter, fetching."""
        if self.messages.close() or self._leave_zen():
            return
        if self.focused is self.panes.detail:
            self.remove_class("-reading")
            self._focus_list()
        elif self.panes.list.clear_selection():
            self.panes.paint_selected()
        elif self.session.query:
            self.finding.set_query("")
        elif "fetching" in vars(self):
            self.fetching.stop()

    def action_open_page(self) -> None:
        """Open the paper's page."""
        self.taking.open_page()

    def action_open_pdf(self) -> None:
        """Open the paper's PDF."""
        self.taking.open_pdf()

    def action_open_link(self, number: int) -> None:
        """Open the link that has the number in the detail."""
        self.taking.open_link(number)

    # Keys: marks

    def action_star(self) -> None:
        """Star the papers meant, or not."""
        self.marking.star()

    def action_read(self) -> None:
        """Mark the papers meant read, or unread."""
        self.marking.read()

    def action_all_read(self) -> None:
        """Mark all papers shown as read, or those selected."""
        if not self.finding.is_wrong():
            self.marking.all_read()

    def action_select(self) -> None:
        """Select the paper under the cursor."""
        self.panes.list.toggle_selected()
        self.panes.paint_selected()

    def action_select_range(self) -> None:
        """Begin or end a range."""
        self.panes.list.toggle_range()
        self.panes.paint_selected()

    def action_undo(self) -> None:
        """Undo the last action."""
        self.marking.undo()

    def action_redo(self) -> None:
        """Redo what was undone."""
        self.marking.redo()

    def action_tag(self) -> None:
        """Tag the papers meant."""
        self.marking.tag()

    def action_rename_tag(self) -> None:
        """Give a tag another name."""
        self.marking.rename_tag()

    def action_note(self) -> None:
        """Write the note of the paper under the cursor."""
        self.noting.write()

    # Keys: the filter

    def action_filter(self) -> None:
        """Let the user type a filter, with the list in sight."""
        self._leave_zen()
        self.remove_class("-reading")
        self.panes.bar.edit()

    def action_accept_filter(self) -> None:
        """Go to what was found."""
        self.filter_line.accept()

    def action_cancel_filter(self) -> None:
        """Put back the filter that stood before."""
        self.filter_line.cancel()

    def action_earlier_filter(self) -> None:
        """Show the filter typed before this one."""
        self.filter_line.earlier()

    def action_later_filter(self) -> None:
        """Show the filter typed after this one."""
        self.filter_line.later()

    def action_sort(self) -> None:
        """Ask what to sort by."""
        self.finding.sort()

    # Keys: views and sidebar

    def action_view(self, digit: str) -> None:
        """Go to the view of a digit."""
        self.views.go(digit)

    def action_save_view(self) -> None:
        """Save the filter as a view."""
        self.views.save()

    async def action_sidebar(self) -> None:
        """Open the sidebar, or go there."""
        sidebar = await self.panes.with_sidebar()
        if not self.panes.sidebar_shown:
            self._leave_zen()
            self.remove_class("-reading")
            self.add_class("-sidebar")
            self.saved_views.read()
            self.counting.anew(0)
            sidebar.to_current()
        self.set_focus(sidebar)

    def action_close_sidebar(self) -> None:
        """Close the sidebar."""
        self._hide_sidebar()
        self._focus_list()

    def on_sidebar_chosen(self) -> None:
        """Narrow to the line that was clicked."""
        self.action_open_entry()

    def action_open_entry(self) -> None:
        """Narrow the list to the line of the sidebar."""
        entry = self.panes.sidebar and self.panes.sidebar.entry
        if entry and entry.query is not None:
            self.finding.go_to(entry.query)

    def action_rename_view(self) -> None:
        """Give the view under the cursor another name or digit."""
        self.views.rename()

    async def action_remove_view(self) -> None:
        """Remove the view under the cursor."""
        await self.views.remove()

    def action_restore_view(self) -> None:
        """Take back the last change of views."""
        self.views.restore()

    # Keys: everything else

    def action_copy_link(self) -> None:
        """Copy the addresses of the papers meant."""
        self.taking.copy_link()

    def action_copy_menu(self) -> None:
        """Ask as what the papers meant are copied."""
        self.taking.copy_menu()

    def action_export(self) -> None:
        """Export the papers selected, else all that are shown."""
        if not self.finding.is_wrong():
            self.taking.export()

    def action_fetch(self) -> None:
        """Apply the filter anew and fetch; stop that where it is under way."""
        if not self.fetching.stop():
            self.finding.apply()
            self.fetching.start()

    async def action_help(self) -> None:
        """Show all keys."""
        from tui.reader.dialogs.help import HelpScreen

        explained = (self, self.panes.detail, self.panes.bar.input, await self.panes.with_sidebar())
        self.app.push_screen(HelpScreen(*explained))
