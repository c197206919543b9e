"""Making a rule from the open paper: whom or what to follow or mute, with what it would find.

The library keeps it for new papers, and it runs at once on those of the last month that were shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from store.errors import PapersError
from store.marks.history import Action
from store.model import Change
from store.query.syntax import parse
from store.rules.deciding import change_of
from store.rules.explaining import done_words
from store.rules.file import RulesFile
from store.rules.rule import Rule, make_rule, offers
from store.text.clean import clean_line
from tui.reader.dialogs.choice_menu import ChoiceMenu
from tui.reader.drawing.render import fit
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.words import count_papers

MONTH = "date:30d"
SHOWN = 4
"""How many titles are shown of what a rule would have found."""
QUERY_WIDTH = 36
FORGET = "x"
DOINGS: dict[str, tuple[tuple[str, ...], str]] = {
    "m": (("hide",), "mute: hide them"),
    "f": (("star", "score:+5"), "follow: star them, score +5"),
    "+": (("score:+3",), "score +3"),
    "-": (("score:-3",), "score -3"),
    "r": (("read",), "mark them read"),
}
"""By letter: the actions of a rule, and what they mean."""


class Ruling:
    """Makes rules from the paper under the cursor."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        can_mark: Callable[[], bool],
        save: Callable[[Action], object],
        changed: Callable[[], None],
    ) -> None:
        """`can_mark` returns whether marks can be changed, `save` saves and shows an action.

        `changed` is called when the rules have changed.
        """
        self._session = session
        self._panes = panes
        self._messages = messages
        self._can_mark = can_mark
        self._save = save
        self._changed = changed

    def make(self) -> None:
        """Ask what the rule is about."""
        paper = self._session.papers.get(self._panes.list.cursor)
        if paper is None or not self._can_mark():
            return
        queries = {str(number): query for number, query in enumerate(offers(paper), 1)}
        counts = {key: len(self._found(query)) for key, query in queries.items()}
        choices = [
            (key, f"{fit(query, QUERY_WIDTH)} {counts[key]:>5,} in 30 days")
            for key, query in queries.items()
        ]
        if marked_hidden := self._session.library.marks(paper.id).hidden:
            choices.append(("h", "show this paper again"))
        else:
            choices.append(("h", "hide only this paper"))

        def chosen(key: str | None) -> None:
            if key == "h":
                change = Change(hidden=not marked_hidden)
                self._save(self._session.mark([paper.id], change))
                self._messages.say(f"{'Shown' if marked_hidden else 'Hidden'}; {self._undoes()}")
            elif key:
                self._ask(queries[key])

        self._panes.ask(ChoiceMenu("Follow or mute", choices), chosen)

    def _ask(self, query: str) -> None:
        """Ask what to do with the papers a query finds, and show what it would have found."""
        file = RulesFile(self._session.library.folder)
        try:
            known = file.read()
        except PapersError as error:
            self._messages.say_for_long("Rules can't be read", str(error))
            return
        ids = self._found(query)
        titles = [clean_line(self._session.papers[each].title) for each in ids[:SHOWN]]
        more = [f"and {len(ids) - SHOWN:,} more"] if len(ids) > SHOWN else []
        lines = [f"{count_papers(len(ids))} of the last 30 days:", *titles, *more]
        choices = [(letter, words) for letter, (_, words) in DOINGS.items()]
        if query in known:
            choices.append((FORGET, f"remove the rule ({', '.join(known[query])})"))

        def chosen(letter: str | None) -> None:
            if letter == FORGET:
                file.remove(query)
                self._changed()
                self._messages.say(f"Rule removed: {query}")
            elif letter:
                before = make_rule(query, known[query]).score if query in known else 0
                self._make(file, make_rule(query, DOINGS[letter][0]), ids, before)

        about = "\n".join(lines if ids else ["No papers of the last 30 days."])
        self._panes.ask(ChoiceMenu(query, choices, about=about), chosen)

    def _make(self, file: RulesFile, rule: Rule, ids: Sequence[str], before: int) -> None:
        """Save a rule and run it; `before` is the score that it gave so far."""
        try:
            file.add(rule.text, rule.then)
        except PapersError as error:
            self._messages.say_for_long("Rule not saved", str(error))
            return
        self._changed()
        change, marks = change_of(rule.then), self._session.library.marks
        changes: dict[str, Change] = {}
        for each in ids:
            score = marks(each).score + rule.score - before
            # What somebody starred, tagged or wrote about is not hidden by a rule.
            kept = change.hidden and (marks(each).starred or marks(each).tags or marks(each).note)
            changes[each] = replace(change, score=score, hidden=None if kept else change.hidden)
        action = self._session.library.mark_each(changes, lambda steps: done_words(steps, 1))
        if action.steps:
            self._save(action)
        said = f"Rule: {rule.text} → {', '.join(rule.then)}"
        did = f"\n{action.label}; {self._undoes()}" if action.steps else ""
        self._messages.say(f"{said}{did}")

    def _found(self, query: str) -> Sequence[str]:
        """Return the ids of what a query of one field finds among the papers of the last month."""
        session = self._session
        wanted = parse(f"{query} {MONTH}")
        return list(session.index.search(wanted, session.all_marks, session.today()).ids)

    def _undoes(self) -> str:
        return f"{self._messages.key('mark.undo')} undoes it."
