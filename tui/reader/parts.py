"""The parts of the reader that the first paint does not need; each is made on first use."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.reader.actions import does
from tui.reader.background import Background
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.reader.sight import Sight
from tui.reader.subjects.finding import Finding
from tui.reader.subjects.marking import Marking
from tui.reader.subjects.news import News
from tui.reader.subjects.saved_views import SavedViews
from tui.settings.config import Config

if TYPE_CHECKING:
    from tui.reader.subjects.counting import Counting
    from tui.reader.subjects.feeds import Feeds
    from tui.reader.subjects.fetching import Fetching, Wanted
    from tui.reader.subjects.kept_exports import KeptExportFiles
    from tui.reader.subjects.note_files import NoteFiles
    from tui.reader.subjects.noting import Noting
    from tui.reader.subjects.outward import Outward
    from tui.reader.subjects.pdfs import Pdfs
    from tui.reader.subjects.related import Related
    from tui.reader.subjects.rule_reasons import RuleReasons
    from tui.reader.subjects.ruling import Ruling
    from tui.reader.subjects.running import Running
    from tui.reader.subjects.sending import Sending
    from tui.reader.subjects.side_lines import SideLines
    from tui.reader.subjects.taking import Taking
    from tui.reader.subjects.triage import Triage
    from tui.reader.subjects.views import Views


class Parts:
    """The parts of a screen that are made on first use."""

    def __init__(
        self,
        screen: Screen[None],
        config: Config,
        session: Session,
        panes: Panes,
        messages: Messages,
        background: Background,
        marking: Marking,
        finding: Finding,
        saved_views: SavedViews,
        news: News,
        sight: Sight,
        open_paper: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._config = config
        self._session = session
        self._panes = panes
        self._messages = messages
        self._background = background
        self._marking = marking
        self._finding = finding
        self._saved_views = saved_views
        self._news = news
        self._sight = sight
        self._open = open_paper
        self._post = screen.post_message

    @property
    def made(self) -> frozenset[str]:
        """The names of the parts made so far."""
        return frozenset(vars(self))

    def stop(self, *names: str) -> bool:
        """Stop the first of these that is working; return False if none is."""
        return any(getattr(self, name).stop() for name in names if name in self.made)

    def leave(self, *names: str) -> bool:
        """Go back from what the first of these shows; return False if none shows anything."""
        return any(getattr(self, name).leave() for name in names if name in self.made)

    def saved(self) -> None:
        """Tell the parts that marks are on disk."""
        self._exports_changed()
        self.notes_changed()
        for name in ("outward", "running", "noting"):
            if name in self.made:
                getattr(self, name).saved()

    def failed(self) -> None:
        """Tell the parts that marks could not be saved."""
        for name in ("note_files", "noting"):
            if name in self.made:
                getattr(self, name).failed()

    def changed_elsewhere(self, marks: bool) -> None:
        """Tell the parts what another program changed: marks or only something else."""
        if marks:
            self.notes_changed()
        self._exports_changed()
        self.rules_changed()

    def _exports_changed(self) -> None:
        from store.kept_exports import keeps_any  # after the first paint

        if keeps_any(self._session.library.folder):
            self.kept_exports.changed()

    def notes_changed(self) -> None:
        """Bring the files of notes up to date, if there are any."""
        if self._config.notes:
            self.note_files.changed()

    def _in_thread(self, do: Callable[[], None], group: str) -> None:
        """Call a function in a thread of a group."""
        self._screen.run_worker(do, thread=True, group=group)

    @cached_property
    def noting(self) -> "Noting":
        """Writes notes."""
        from tui.reader.subjects.noting import Noting

        editor, marking = self._config.open.editor if self._config.open else (), self._marking
        return Noting(
            self._session, self._panes, self._messages, marking.can_mark, marking.mark, editor
        )

    @cached_property
    def taking(self) -> "Taking":
        """Copies, exports, opens."""
        from tui.reader.subjects.taking import Taking

        return Taking(self._session, self._panes, self._messages, self._post, self._in_thread)

    @cached_property
    def fetching(self) -> "Fetching":
        """Fetches feeds."""
        from tui.reader.subjects.fetching import Fetching

        return Fetching(
            self._session, self._panes, self._messages, self._config, self._post, self.recount,
        )  # fmt: skip

    def fetch(self, wanted: "Wanted | None" = None) -> None:
        """Apply the filter again; fetch the user's feeds, or follow new feeds and fetch those."""
        self._finding.apply()
        self._news.wait(anywhere=wanted is not None)
        self.fetching.start(wanted)

    @cached_property
    def feeds(self) -> "Feeds":
        """Knows the user's feeds."""
        from tui.reader.subjects.feeds import Feeds
        from tui.reader.subjects.fetching import Wanted

        return Feeds(
            self._session, self._panes, self._messages, self._config,
            lambda feeds, files: self.fetch(Wanted(feeds, files)), self._in_thread, self._post,
            self.side_lines.changed, self.recount,
        )  # fmt: skip

    @cached_property
    def side_lines(self) -> "SideLines":
        """Opens, removes and restores lines of the sidebar."""
        from tui.reader.subjects.side_lines import SideLines

        return SideLines(
            self._panes, self._messages, self._finding.go_to, lambda: self.views.remove(),
            lambda name: self.feeds.remove(name), lambda name: self.feeds.say_failure(name),
        )  # fmt: skip

    def recount(self) -> None:
        """Count again for the sidebar, if it is open."""
        if self._panes.sidebar_shown:
            self.counting.anew()

    @cached_property
    def views(self) -> "Views":
        """Opens and changes views."""
        from tui.reader.subjects.views import Views

        return Views(
            self._session, self._panes, self._messages, self._saved_views, self._finding.go_to,
            self.side_lines.changed,
        )  # fmt: skip

    @cached_property
    def triage(self) -> "Triage":
        """Shows papers on cards."""
        from tui.reader.subjects.triage import Triage

        return Triage(
            self._session, self._panes, self._messages, self._background,
            lambda path, *of: does(path)(self._screen, *of),
        )  # fmt: skip

    @cached_property
    def ruling(self) -> "Ruling":
        """Makes rules."""
        from tui.reader.subjects.ruling import Ruling

        return Ruling(
            self._session, self._panes, self._messages, self._marking.can_mark,
            self._marking.save, self.rules_changed,
        )  # fmt: skip

    @cached_property
    def rule_reasons(self) -> "RuleReasons":
        """Explains what rules did."""
        from tui.reader.subjects.rule_reasons import RuleReasons

        return RuleReasons(
            self._session, self._config, self._in_thread, self._post, self._explain_rules,
        )  # fmt: skip

    def rules_changed(self) -> None:
        """Read the rules again; the first ones are read when the detail shows a marked paper."""
        from store.rules.file import has_rules  # after the first paint

        if "rule_reasons" in self.made:
            self.rule_reasons.read()
        elif self._config.rules or has_rules(self._session.library.folder):
            self._explain_rules()

    def _explain_rules(self) -> None:
        """Let the detail show what rules did."""
        self._panes.detail.explain(lambda paper, marks: self.rule_reasons.of(paper, marks))

    @cached_property
    def related(self) -> "Related":
        """Shows related papers."""
        from tui.reader.subjects.related import Related

        go_to, set_query = self._finding.go_to, self._finding.set_query
        return Related(self._session, self._panes, self._messages, go_to, set_query)

    @cached_property
    def outward(self) -> "Outward":
        """Searches services for what the library lacks."""
        from tui.reader.subjects.outward import Outward

        return Outward(
            self._session, self._panes, self._messages, self._config,
            self._sight.show_list, self._finding.apply, self._open, self._post,
        )  # fmt: skip

    @cached_property
    def pdfs(self) -> "Pdfs":
        """Fetches and opens PDFs."""
        from tui.reader.subjects.pdfs import Pdfs

        return Pdfs(self._session, self._panes, self._messages, self._config, self._post)

    @cached_property
    def kept_exports(self) -> "KeptExportFiles":
        """Keeps exports up to date."""
        from tui.reader.subjects.kept_exports import KeptExportFiles

        return KeptExportFiles(self._session, self._messages, self._background, self._in_thread)

    @cached_property
    def note_files(self) -> "NoteFiles":
        """Keeps notes as files."""
        from tui.reader.subjects.note_files import NoteFiles

        return NoteFiles(
            self._session, self._messages, self._background, self._config,
            lambda: self._screen.is_active, self._marking.save, self._post,
        )  # fmt: skip

    @cached_property
    def sending(self) -> "Sending":
        """Sends papers to Zotero."""
        from tui.reader.subjects.sending import Sending

        return Sending(self._session, self._panes, self._messages, self._config, self._post)

    @cached_property
    def running(self) -> "Running":
        """Runs commands of the user's own."""
        from tui.reader.subjects.running import Running

        return Running(
            self._session, self._panes, self._messages, self._config, self._marking.can_mark,
            self._marking.save, self._post, self._screen.app.suspend,
        )  # fmt: skip

    @cached_property
    def counting(self) -> "Counting":
        """Counts for the sidebar."""
        from tui.reader.subjects.counting import Counting

        return Counting(
            self._session, self._panes, self._background,
            lambda today: self._saved_views.kept.last_visit(today), lambda: self.feeds.followed(),
        )  # fmt: skip
