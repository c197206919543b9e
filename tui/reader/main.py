"""The reader: list, detail and filter bar. The only module that knows all its parts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget

from store.library import Library
from store.marks.history import Action
from tui.reader.actions import does, with_actions
from tui.reader.background import Background
from tui.reader.keyboard.keys import KEYS, LIST_ACTIONS
from tui.reader.messages import Messages, close_passing
from tui.reader.panes import Panes
from tui.reader.parts import Parts
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.reader.sight import Sight
from tui.reader.subjects.filter_line import FilterLine
from tui.reader.subjects.finding import Finding
from tui.reader.subjects.marking import Marking
from tui.reader.subjects.news import News
from tui.reader.subjects.reading import Reading
from tui.reader.subjects.saved_views import SavedViews
from tui.reader.widgets.key_line import KeyLine
from tui.settings.config import Config
from tui.words import SAMPLE

WELCOME_SECONDS = 10
FOLLOWS = 60.0
"""Seconds between checks whether an automatic fetch is due."""
NOTES_AFTER = 1.0
"""Seconds from the start until the files of notes are checked."""
LOOKS_AT_DAY = 1.0
"""Seconds between checks of the day; a timer until midnight would sleep with a laptop."""


@with_actions
class MainScreen(Screen[None]):
    """The reader. Each key's action calls the part that does the work."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(
        self,
        library: Library,
        today: Callable[[], date],
        query: str,
        config: Config,
        wake: Callable[[], None],
        remapped: Callable[[BindingsMap], BindingsMap],
        keys_pressed: Callable[[], int],
    ) -> None:
        """`wake` saves, `remapped` gives bindings the user's keys, `keys_pressed` counts keys."""
        super().__init__()
        self._remapped = remapped
        self._config = config
        self.own_bindings: list[Binding] = []
        """The bindings of the user's own commands."""
        if config.commands:
            from tui.reader.keyboard.keymap import own_bindings

            self.own_bindings = own_bindings(config.commands)
            with_keys = BindingsMap(each for each in self.own_bindings if each.key)
            self._bindings = BindingsMap.merge([self._bindings, with_keys])
        self.session = session = Session(library, today, query, config.views, config.foryou_since)
        self.messages = messages = Messages(self)
        self.panes = panes = Panes(
            self, session, messages, lambda text: self.filter_line.typed(text),
            lambda key: self.reading.cursor_moved(key), lambda share: self.sight.save_share(share),
        )  # fmt: skip
        self.sight = Sight(self, panes, config)
        self.news = News(
            session, panes, lambda: self.is_active and self.focused is panes.list, keys_pressed
        )
        self.background = Background(self)
        self.finding = Finding(
            session, panes, messages, self.background, self.sight.show_list, self._recount
        )
        self.filter_line = FilterLine(
            session, panes, self.finding, self.sight.focus_list,
            lambda: self.saved_views.kept.filters, lambda: self.parts.outward.search(),
        )  # fmt: skip
        self.marking = Marking(
            session, panes, messages, wake, self._recount, self._show_again, self._advance,
            self.finding.apply_again, self._run_hooks,
        )  # fmt: skip
        self.reading = Reading(
            session, panes, messages, config, self.marking.cursor_read, self.set_timer,
            self._is_looked_at, lambda path, *of: does(path)(self, *of),
        )  # fmt: skip
        self.saved_views = SavedViews(
            session, panes, messages, config.views, self.post_message, self._recount
        )
        self.parts = Parts(
            self, config, session, panes, messages, self.background, self.marking, self.finding,
            self.saved_views, self.news, self.sight, self.action_open,
        )  # fmt: skip

    # Beginning and end

    def compose(self) -> ComposeResult:
        """Lay out the header line, the two panes, the filter and the keys."""
        self.sight.arrange(self.app.size)
        self.panes.bar.value = self.session.query
        yield self.panes.status
        with Container(id="body"):
            yield self.panes.split
        yield self.panes.bar
        yield KeyLine()

    def on_mount(self) -> None:
        """Start reading papers; what the first paint does not need comes after it."""
        if self.session.query:
            self.saved_views.read()  # the filter may use a view
        self.finding.begin()
        self.call_after_refresh(self.finding.read_rest)
        self.call_after_refresh(self.parts.rules_changed)
        self.set_timer(NOTES_AFTER, self.parts.notes_changed)
        self.set_interval(LOOKS_AT_DAY, self.finding.look_at_day)
        if self._config.fetch:
            self.set_interval(FOLLOWS, lambda: self.parts.fetching.follow())
        if not self.saved_views.was_read:
            self.call_after_refresh(self.saved_views.read)
        self.sight.focus_list()
        self.call_after_refresh(self._welcome)  # its line has no width before
        self.marking.can_mark()  # shows why not

    def on_unmount(self) -> None:
        """Close connections, keep the note being written, and record the visit."""
        for name in ("fetching", "running", "pdfs", "outward"):
            self.parts.stop(name)
        if "noting" in self.parts.made:
            self.parts.noting.end()
        self.saved_views.end(list(self.filter_line.history))

    def _welcome(self) -> None:
        """Tell newcomers what to do first, if there is only the sample feed and no mark."""
        papers = self.session.library.papers.values()
        marked = any(True for _ in self.session.library.marked())
        if not papers or marked or any(paper.feeds != (SAMPLE,) for paper in papers):
            return
        if self.session.query != self._config.start or not self.parts.feeds.offer():
            fetch, follow = self.messages.key("app.fetch"), self.messages.key("app.subscribe")
            text = f"These papers are a sample: {fetch} fetches today's, {follow} chooses feeds."
            self.messages.say(text, seconds=WELCOME_SECONDS)

    def on_from_thread(self, message: FromThread) -> None:
        """Run a thread's function on the screen."""
        message.do()

    def last_words(self) -> list[str]:
        """Return messages about unsaved changes that nobody has read, to print at the end."""
        return self.parts.noting.last_words() if "noting" in self.parts.made else []

    # What the parts ask for

    def _show_again(self, paper_ids: Sequence[str]) -> None:
        """Bring papers back into sight that an undo changed."""
        if self.session.query:
            self.finding.apply_again()
        if len(paper_ids) == 1:
            self.panes.list.move_to_paper(paper_ids[0])
        self.reading.ignore(self.panes.list.cursor)

    def _run_hooks(self, action: Action) -> None:
        """Pass marked papers to the hooks of the settings."""
        if self._config.hooks:
            self.parts.running.marked(action)

    def _advance(self) -> None:
        """Move on from the marked paper, if the settings want that."""
        papers = self.panes.list
        wanted = self._config.advance_after_mark and self.focused is papers
        if wanted and not papers.selected_here():
            papers.move(1)

    def _is_looked_at(self) -> bool:
        return self.is_active and self.focused in (self.panes.list, self.panes.detail)

    def _recount(self) -> None:
        self.parts.recount()

    # Focus, and what is in sight

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Focus a widget and bring it into sight; record where typing a filter begins."""
        self.sight.bring(widget)
        if widget is self.panes.filter and not self.panes.is_typing and not from_app_focus:
            self.filter_line.begin()
        super().set_focus(widget, scroll_visible, from_app_focus)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out the panes again, and keep the focused one in sight."""
        self.sight.arrange(event.size)
        self.sight.bring(self.focused)

    def on_screen_suspend(self) -> None:
        """Leave keys and messages to a dialog."""
        self._stand_behind(True)
        close_passing(self.app)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Take keys and messages again; the styles are those of when it was composed."""
        event.refresh_styles = False
        self._stand_behind(False)

    def _stand_behind(self, behind: bool) -> None:
        # Not on the screen itself: all that is on it would get its styles anew.
        self.query("KeyLine, ToastRack").set_class(behind, "-behind")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the filter key while a filter is typed, and marks in the sidebar."""
        if action == "filter" and self.panes.is_typing:
            return False
        if self.panes.in_sidebar and action in LIST_ACTIONS:
            return False
        return super().check_action(action, parameters)

    # Actions of several parts

    def action_open(self) -> None:
        """Open the paper under the cursor or, if it is open, its full text."""
        if self.focused is self.panes.detail:
            self.reading.full_text()
        elif self.panes.list.cursor:
            self.marking.cursor_read()
            self.sight.open_paper()
        elif self.session.query:
            self.parts.outward.search()

    def action_zen(self) -> None:
        """Show only the paper and mark it read; go back the second time."""
        if not self.sight.leave_zen() and self.panes.list.cursor:
            self.marking.cursor_read()
            self.sight.zen()

    async def action_back(self) -> None:
        """Go back one layer: messages, paper alone, detail, selection, filter, fetching."""
        if self.messages.close() or self.sight.leave_zen() or self.sight.close_paper():
            return
        if self.panes.clear_selection():
            return
        if self.parts.leave("outward", "related"):
            return
        last = self._config.escape_last
        if self.session.query and last != "keep":
            self.finding.set_query("")
        elif not self.parts.stop("running", "pdfs", "fetching") and last == "quit":
            await self.app.action_quit()

    def action_all_read(self) -> None:
        """Mark all shown papers as read, or the selected ones."""
        if not self.finding.is_wrong():
            self.marking.all_read()

    def action_export(self) -> None:
        """Export the selected papers, else all shown."""
        if not self.finding.is_wrong():
            self.parts.taking.export()

    def action_fetch(self) -> None:
        """Go to what is new, else apply the filter again and fetch; stop a running fetch."""
        if not self.news.go() and not self.parts.fetching.stop():
            self.parts.fetch()

    async def action_sidebar(self) -> None:
        """Open the sidebar, or focus it."""
        sidebar = await self.panes.with_sidebar()
        if not self.panes.sidebar_shown:
            self.sight.open_sidebar()
            self.saved_views.read()
            self.parts.counting.anew(0)
            sidebar.to_current()
        self.set_focus(sidebar)

    def on_paper_list_opened(self) -> None:
        """Open the double-clicked paper."""
        self.action_open()

    def on_sidebar_chosen(self) -> None:
        """Narrow to the clicked line."""
        self.parts.side_lines.open()

    async def action_help(self) -> None:
        """Show all keys."""
        from tui.reader.dialogs.help import HelpScreen, keys_of_dialogs

        panes = self.panes
        places = (self, panes.detail, panes.filter, await panes.with_sidebar())
        tables = (*(each._bindings for each in places), self._remapped(keys_of_dialogs()))
        place = "side" if panes.in_sidebar else "detail" if self.focused is panes.detail else ""
        self.app.push_screen(HelpScreen(*tables, place=place))
