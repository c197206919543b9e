"""How the reader runs commands of the user's own: on which papers, and where their output goes.

They run in threads, one after the other where it is a run a paper. A program without output to use,
such as a viewer, runs on after the reader; the others end with it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from threading import Event, Thread

from textual.app import SuspendNotSupported

from store.errors import PapersError
from store.export.citing import Entry
from store.marks.history import Action
from store.text.clean import clean_line
from tui.programs.hooks import marked_by, run_hook
from tui.programs.process import Ended, run_apart, start_error
from tui.programs.runs import Plan, change_by, plan
from tui.reader.dialogs.output import OutputScreen
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.commands import OwnCommand
from tui.settings.config import Config
from tui.words import count_papers

SAID = 300
"""Characters of an output that a message shows."""


class Running:
    """The commands that run."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        can_mark: Callable[[], bool],
        save: Callable[[Action], object],
        post: Callable[[FromThread], object],
        suspend: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`save` saves and shows an action, `suspend` leaves the terminal to another program."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._commands = config.commands
        self._hooks = config.hooks
        self._config = config
        self._can_mark = can_mark
        self._save = save
        self._post = post
        self._suspend = suspend
        self._under_way: list[Event] = []
        """What stops each command that the user waits for."""
        self._marked: dict[str, list[str]] = {}
        """Papers for hooks, once their marks are on disk."""

    def run(self, number: int) -> None:
        """Run a command, by its number, on its papers."""
        command = self._commands[number - 1]
        if command.output in ("note", "tags") and not self._can_mark():
            return
        entries = self._entries(command)
        if not entries:
            self._messages.say("There is no paper to run it on.")
        elif command.output == "terminal":
            self._run_in_terminal(command, entries)
        else:
            self._start(command, entries)

    def stop(self) -> bool:
        """Stop the commands that the user waits for; return whether there was one."""
        for each in self._under_way:
            each.set()
        return bool(self._under_way)

    # Hooks

    def marked(self, action: Action) -> None:
        """Record papers for the hooks."""
        for event, ids in marked_by(action).items():
            self._marked.setdefault(event, []).extend(ids)

    def saved(self) -> None:
        """Run the hooks for what is on disk now."""
        marked, self._marked = self._marked, {}
        # One that was just kept is on disk, but was not read from there yet.
        library, papers = self._session.library, self._session.papers

        def work() -> None:
            for event, ids in marked.items():
                if problem := run_hook(self._hooks, event, ids, library, papers):
                    say = partial(self._messages.say, problem, "Hook failed", "error")
                    self._post(FromThread(say))

        if marked:
            Thread(target=work, name="hook", daemon=True).start()

    # Running

    def _entries(self, command: OwnCommand) -> list[Entry]:
        papers = self._panes.list
        match command.on:
            case "shown":
                ids = list(self._session.shown.ids)
            case "selection":
                ids = papers.targets()
            case _:
                ids = [papers.cursor] if papers.cursor else []
        found, marks = self._session.papers, self._session.library.marks
        return [(found[each], marks(each)) for each in ids if each in found]

    def _start(self, command: OwnCommand, entries: list[Entry]) -> None:
        cancel = Event()
        screen = None
        if command.output == "popup":
            screen = OutputScreen(command.name)
            self._panes.ask(screen, lambda _: cancel.set())
        elif command.output != "none":
            back = self._messages.key("paper.back")
            self._panes.status.show_activity(f"{clean_line(command.name)}… {back} stops")
        if command.output != "none":
            self._under_way.append(cancel)
        work = partial(self._work, command, entries, cancel, screen)
        Thread(target=work, name="command", daemon=True).start()

    def _run_in_terminal(self, command: OwnCommand, entries: list[Entry]) -> None:
        from tui.programs.children import run_in_terminal

        problem = ""
        try:
            planned = plan(command, entries, self._session.library, self._config)
            problem = planned.lacking
            with self._suspend():
                for each in planned.runs:
                    try:  # here, since an error would leave the screen as the program had it
                        status = run_in_terminal(each.argv, each.data, command.timeout)
                        if status > 0:
                            problem = f"ended with status {status}"
                    except TimeoutError as error:
                        problem = f"{error}, and was stopped"
                    except OSError as error:
                        problem = str(start_error(each.argv[0], error))
                    except ValueError as error:
                        problem = str(error)
                    if problem:
                        break
        except SuspendNotSupported:
            problem = "it can't run in this terminal"
        except PapersError as error:
            problem = str(error)
        if problem:
            self._messages.say(problem, clean_line(command.name), "error")

    # In the thread

    def _work(
        self, command: OwnCommand, entries: list[Entry], cancel: Event, screen: OutputScreen | None
    ) -> None:
        problem, printed = "", ""
        left: list[tuple[tuple[Entry, ...], str]] = []
        try:
            planned = plan(command, entries, self._session.library, self._config)
            problem = planned.lacking
            for ended, of in self._runs(command, planned, cancel, screen):
                printed = ended.printed or printed
                if not ended.ok:
                    problem = ended.words
                    break
                left.append((of, ended.printed))
        except PapersError as error:
            problem = str(error)
        finally:
            self._post(FromThread(partial(self._ended, command, cancel)))
        if screen:
            self._post(FromThread(partial(screen.end, problem)))
        else:
            self._post(FromThread(partial(self._say, command, problem, printed, left)))

    def _runs(
        self, command: OwnCommand, planned: Plan, cancel: Event, screen: OutputScreen | None
    ) -> "list[tuple[Ended, tuple[Entry, ...]]]":
        done = []
        for each in planned.runs:
            show = None
            if screen:
                show = self._shown_on(screen)
            ended = run_apart(
                each.argv, each.data, timeout=command.timeout, cancelled=cancel.is_set,
                show=show, merged=screen is not None, keep=command.output != "none",
            )  # fmt: skip
            done.append((ended, each.entries))
            if not ended.ok:
                break
        return done

    def _shown_on(self, screen: OutputScreen) -> Callable[[str], None]:
        def show(text: str) -> None:
            self._post(FromThread(partial(screen.add, text)))

        return show

    # Results

    def _ended(self, command: OwnCommand, cancel: Event) -> None:
        if cancel in self._under_way:
            self._under_way.remove(cancel)
        if not self._under_way and command.output not in ("popup", "none"):
            self._panes.status.show_activity("")

    def _say(
        self,
        command: OwnCommand,
        problem: str,
        printed: str,
        left: list[tuple[tuple[Entry, ...], str]],
    ) -> None:
        """Show a command's output, or put it where it belongs, and its errors."""
        name = clean_line(command.name)
        if command.output in ("note", "tags"):
            problem = self._change(command, left) or problem
        elif command.output == "message" and printed.strip():
            text = printed.strip()
            more = " …" if len(text) > SAID else ""
            self._messages.say(f"{text[:SAID]}{more}", name)
        elif command.output == "message" and not problem:
            self._messages.say("Done.", name)
        if problem:
            self._messages.say(problem, name, "error")

    def _change(self, command: OwnCommand, left: list[tuple[tuple[Entry, ...], str]]) -> str:
        """Change notes or tags, as one action; return what went wrong."""
        from store.rules.running import as_spelled

        library, problem, changes = self._session.library, "", {}
        for entries, printed in left:
            for paper, _ in entries:
                try:
                    change = change_by(command, library.marks(paper.id).note, printed)
                except PapersError as error:
                    problem = str(error)
                    continue
                if change:
                    changes[paper.id] = change
        if not changes:
            return problem or ("it printed nothing" if left else "")
        word = "noted" if command.output == "note" else "tagged"
        action = library.mark_each(
            as_spelled(changes, library.tags()), lambda steps: f"{word} by {command.name}"
        )
        if action.steps:
            self._save(action)
        undo = self._messages.key("mark.undo")
        self._messages.say(f"{count_papers(len(action))} {word}; {undo} undoes it.", command.name)
        return problem
