"""What giving a view a name and a digit would do, and what became of views, in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.query.syntax import parse
from store.text.clean import clean_line
from store.views.known import (
    View,
    clean_name,
    in_query,
    known_views,
    named,
    queries_by_name,
    saved_with,
)
from tui.tag_line import Effect


def proposed_name(query: str, known: Iterable[View]) -> str:
    """Return the words of a filter as the name of a view; empty where a view has it, or no word."""
    words = (each.strip('"()#,') for each in query.split() if ":" not in each and each[0] != "-")
    name = clean_name(" ".join(each for each in words if each and each != "OR"))
    return "" if named(known, name) else name


@dataclass(frozen=True, slots=True)
class Saving:
    """A filter that is about to become a view, among the views there are."""

    query: str
    settings: Mapping[str, str]
    """The queries of the settings by name."""
    saved: tuple[View, ...]
    instead_of: str = ""
    """The view that gets another name or digit, if one does."""

    @property
    def known(self) -> tuple[View, ...]:
        """All views there are."""
        return known_views(self.settings, self.saved)

    def view(self, name: str, digit: str) -> View:
        """Return the view; in place of one with another filter it keeps that one's digit."""
        view = View(clean_name(name), clean_line(self.query), digit)
        replaced = self._replaced(view)
        return View(view.name, view.query, digit or replaced.digit) if replaced else view

    def effect(self, name: str, digit: str) -> Effect:
        """Say in two lines what comes of the name and of the digit, or what is wrong."""
        view = self.view(name, digit)
        if problem := self._problem(view):
            return Effect(problem, possible=False)
        does = f"renames {self.instead_of} to" if self._renames(view) else "saves"
        goes = f"{view.digit} goes there" if view.digit else "no number key"
        digits = ", ".join((self.takes(view) or goes, *self.sets_free(view)))
        return Effect(f"{self.replaces(view) or f'{does} {view.name}'}\n{digits}")

    def replaces(self, view: View) -> str:
        """Say which view is lost to this one; empty if none is."""
        replaced = self._replaced(view)
        return f"replaces {_with_filter(replaced)}" if replaced else ""

    def takes(self, view: View) -> str:
        """Say from which view this one takes the digit; empty if from none."""
        gone = {view.name.casefold(), self.instead_of.casefold()}
        holders = (each for each in self.known if view.digit and each.digit == view.digit)
        holder = next(holders, None)
        if holder is None or holder.name.casefold() in gone:
            return ""
        return f"takes {view.digit} from {holder.name}"

    def sets_free(self, view: View) -> list[str]:
        """Say which views and digits are there again that were hidden by one that is lost."""
        return came_back(self.known, self._known_with(view), but=view.name)

    def _renames(self, view: View) -> bool:
        return bool(self.instead_of) and view.name != self.instead_of

    def _replaced(self, view: View) -> View | None:
        """Return the view of that name, unless it is the one renamed or is the same filter."""
        same = named(self.known, view.name)
        if same is None or same.name.casefold() == self.instead_of.casefold():
            return None
        return same if self.instead_of or same.query != view.query else None

    def _problem(self, view: View) -> str:
        """Say why a view can't be saved; nothing where it can."""
        if not view.name:
            return "A view needs a name."
        same = named(self.known, view.name)
        if same and same.origin == "settings":
            return f"{same.name} is a view of the settings; change it there."
        for each in self.known:
            if view.digit and each.digit == view.digit and each.origin == "settings":
                return f"{view.digit} goes to {each.name} in the settings; use another digit."
        views = queries_by_name(self._known_with(view))
        query = parse(view.query, views=views)
        error = query.error or parse(in_query(view.name), views=views).error
        return f"The filter is wrong: {error.message}." if error else ""

    def _known_with(self, view: View) -> tuple[View, ...]:
        return known_views(self.settings, saved_with(self.saved, view, self.instead_of))


def held(views: Iterable[View]) -> str:
    """Say which digits go where."""
    return "  ".join(f"{view.digit} {view.name}" for view in views if view.digit)


def came_back(before: Iterable[View], after: Iterable[View], but: str = "") -> list[str]:
    """Say which views, filters and digits are there again after a change; of one not a word."""
    said = []
    before = tuple(before)
    for view in after:
        earlier = named(before, view.name)
        if view.name.casefold() == but.casefold():
            continue
        if earlier is None or earlier.query != view.query:
            said.append(f"{_with_filter(view)} is back")
        elif view.digit and view.digit != earlier.digit:
            said.append(f"{view.digit} goes to {view.name} again")
    return said


def went(before: Iterable[View], after: Iterable[View]) -> list[str]:
    """Say which views are there no more after a change."""
    after = tuple(after)
    return [f"{view.name} is gone" for view in before if not named(after, view.name)]


def _with_filter(view: View) -> str:
    return f"{view.name} ({view.query or 'everything'})"
