"""How the reader keeps notes as files: at its start and behind each change, in a thread."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from threading import Event

from store.errors import PapersError
from store.marks.cells import Cells
from store.marks.history import Action
from store.notes.noted import Report
from tui.mistakes import write_down
from tui.reader.background import Background, Priority
from tui.reader.job import Job
from tui.reader.messages import Messages
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config
from tui.shared.notes_folder import TAKEN, changes_of, count_notes, noted_papers, notes_folder
from tui.words import in_home

AFTER = timedelta(seconds=1)
"""From a change to the files: several in a row are written once."""


class NoteFiles:
    """The exchange of notes with the folder of the settings."""

    def __init__(
        self,
        session: Session,
        messages: Messages,
        background: Background,
        config: Config,
        is_free: Callable[[], bool],
        save: Callable[[Action], object],
        post: Callable[[FromThread], object],
    ) -> None:
        """`is_free` tells whether no dialog is open, in which a note may be written.

        `save` saves and shows an action; `post` has something done on the screen.
        """
        self._session = session
        self._messages = messages
        self._background = background
        self._config = config
        self._is_free = is_free
        self._save = save
        self._job = Job("notes", post)
        self._once_more = False
        """Whether something changed while an exchange was under way."""
        self._agreed: dict[str, str] = {}
        """Notes that were taken in since the last exchange, by paper's id."""
        self._said: set[str] = set()

    def changed(self) -> None:
        """Record that marks have changed, or may have been changed in files."""
        if self._config.notes and not self._session.library.newer:
            self._background.start(Priority.NOTES, self._begin(), AFTER.total_seconds())

    def _begin(self) -> Iterator[None]:
        while self._session.loading:
            yield
        if self._job.running:
            self._once_more = True
            return
        if not self._is_free():
            self.changed()  # later
            return
        if self._session.library.unsaved:
            return  # what may be undone is not for files; once it is saved that is told
        agreed, self._agreed = self._agreed, {}
        self._job.start(partial(self._exchange, self._session.library.all_cells(), agreed))

    def failed(self) -> None:
        """Record that marks could not be saved and are as they were."""
        self._agreed.clear()

    def _exchange(
        self, marks: list[tuple[str, Cells]], agreed: Mapping[str, str], cancel: Event
    ) -> Callable[[], None]:
        """Exchange notes, in a thread."""
        report, problem = Report(), ""
        try:
            if settings := self._config.notes:
                folder = notes_folder(self._session.library.folder, settings)
                report = folder.exchange(
                    noted_papers(marks, self._session.library.papers), agreed=agreed
                )
        except PapersError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 - the reader goes on
            problem = write_down(error)
        return partial(self._ended, report, problem)

    def _ended(self, report: Report, problem: str) -> None:
        late = bool(report.adopted) and not self._is_free()
        if self._once_more or late:
            self._once_more = False
            self.changed()
        library = self._session.library
        if not late and (changes := changes_of(report, library.marks)):
            action = library.mark_each(changes, lambda _: TAKEN)
            if action.steps:
                self._agreed = {each: report.adopted[each].note for each in changes}
                self._save(action)
                undo = self._messages.key("mark.undo")
                self._messages.say(
                    f"{count_notes(len(changes))} read from files; {undo} undoes it."
                )
        for each in (*report.problems, *([problem] if problem else [])):
            self._say(each)

    def _say(self, problem: str) -> None:
        """Say once what is wrong."""
        if problem not in self._said:
            self._said.add(problem)
            self._messages.say_for_long("Notes", in_home(problem), "warning")
