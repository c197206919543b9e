"""Views: filters with a name and perhaps a digit. Pure; store.views.file stores them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from store.query.fields import quoted
from store.text.clean import clean_line

NAME_LIMIT = 40
"""Most characters of a view's name."""
FREE_DIGITS = "456789"
"""The digits that no built-in view has."""


@dataclass(frozen=True, slots=True)
class View:
    """A filter with a name."""

    name: str
    query: str
    digit: str = ""
    """The key that opens it; empty for none."""
    origin: Literal["built-in", "settings", "saved"] = "saved"
    """Only saved views can be changed in the reader."""


BUILT_IN = (
    View("All", "", "0", "built-in"),
    View("Inbox", "is:unread", "1", "built-in"),
    View("Starred", "is:starred", "2", "built-in"),
    View("Today", "date:today", "3", "built-in"),
    View("For you", "is:unread date:30d sort:foryou", "9", "built-in"),
)
"""The views that come with the program."""


def known_views(settings: Mapping[str, str], saved: Iterable[View]) -> tuple[View, ...]:
    """Return all views, those with a digit first.

    There is one view for a name and for a digit. Views of the settings (queries by name) replace
    saved ones, which replace built-in ones; of saved ones the later replaces the earlier. A view
    that replaces another of its name inherits its digit, unless it has its own or a saved view has
    that digit. Other views of the settings get the digits from 4 on, in their order.
    """
    saved = tuple(saved)
    views = {view.name.casefold(): view for view in BUILT_IN}
    for view in saved:
        key = view.name.casefold()
        earlier = views.pop(key, None)
        others = {each.digit for each in saved if each.name.casefold() != key}
        if earlier and not view.digit and earlier.digit not in others:
            view = replace(view, digit=earlier.digit)
        views[key] = view
    fixed = {clean_name(name): query for name, query in settings.items() if clean_name(name)}
    earlier_ones = [views.pop(name.casefold(), None) for name in fixed]
    taken = [view.digit for view in earlier_ones if view]
    free = iter([digit for digit in FREE_DIGITS if digit not in taken])
    for (name, query), earlier in zip(fixed.items(), earlier_ones, strict=True):
        digit = (earlier.digit if earlier else "") or next(free, "")
        views[name.casefold()] = View(name, query, digit, "settings")
    holders: dict[str, View] = {}
    for origin in ("built-in", "saved", "settings"):
        holders |= {view.digit: view for view in views.values() if view.origin == origin}
    held = _with_digits_of(holders, views.values())
    return tuple(sorted(held, key=lambda view: view.digit or "~"))


def queries_by_name(views: Iterable[View]) -> dict[str, str]:
    """Return the queries of views by name, for `view:` in a query."""
    return {view.name: view.query for view in views}


def named(views: Iterable[View], name: str) -> View | None:
    """Return the view with a name, ignoring case; None if there is none."""
    return next((view for view in views if view.name.casefold() == name.casefold()), None)


def saved_with(saved: Sequence[View], view: View, instead_of: str = "") -> tuple[View, ...]:
    """Return the saved views with `view` added; another view with its digit loses that.

    It replaces the view `instead_of` and any view with its name, in the place of the former, else
    of the latter; without either it is the last.
    """
    before = [each.name.casefold() for each in saved]
    gone = (instead_of.casefold(), view.name.casefold())
    place = next((before.index(name) for name in gone if name in before), len(before))
    views = [
        replace(each, digit="") if view.digit and each.digit == view.digit else each
        for each in saved
    ]
    views.insert(place, view)
    return tuple(each for each in views if each is view or each.name.casefold() not in gone)


def one_digit_each(saved: Iterable[View]) -> tuple[View, ...]:
    """Return saved views without duplicate digits: the later view keeps its digit."""
    saved = tuple(saved)
    return _with_digits_of({view.digit: view for view in saved}, saved)


def _with_digits_of(holders: Mapping[str, View], views: Iterable[View]) -> tuple[View, ...]:
    """Return views in which only the holder of a digit has it."""
    return tuple(
        view if not view.digit or holders[view.digit] is view else replace(view, digit="")
        for view in views
    )


def saved_without(saved: Iterable[View], name: str) -> tuple[View, ...]:
    """Return the saved views without the one with a name."""
    return tuple(view for view in saved if view.name.casefold() != name.casefold())


def clean_name(text: str) -> str:
    """Return a text as the name of a view, which can be in quotes after `view:`."""
    return clean_line(text.replace('"', " "), NAME_LIMIT).strip(" ,")


def in_query(name: str) -> str:
    """Return the condition of a query that names a view."""
    return f"view:{quoted(name)}"
