"""Views: filters under a name and, where wanted, a digit. Pure; store.views.file keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from store.query.fields import quoted
from store.text.clean import clean_line

NAME_LIMIT = 40
"""Characters of a view's name."""
FREE_DIGITS = "456789"
"""The digits that no view holds which comes with the program."""


@dataclass(frozen=True, slots=True)
class View:
    """A filter under a name."""

    name: str
    query: str
    digit: str = ""
    """The key that goes there, or empty."""
    origin: Literal["built-in", "settings", "saved"] = "saved"
    """Only those saved can be changed from the screen."""


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

    Of one name, and of one digit, there is one view: that of the settings (queries by name) before
    one that was saved, the later before the earlier, and before one that comes with the program. A
    view in place of another of its name has its digit too, where it has none of its own and no
    view was saved with that. The others of the settings have the digits from 4, in their order.
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
    """Return what `view:` may name in a query."""
    return {view.name: view.query for view in views}


def named(views: Iterable[View], name: str) -> View | None:
    """Return the view of a name in any case, if there is one."""
    return next((view for view in views if view.name.casefold() == name.casefold()), None)


def saved_with(saved: Sequence[View], view: View, instead_of: str = "") -> tuple[View, ...]:
    """Return the views saved with another, which takes its digit from whichever has it.

    It is in place of `instead_of`, else of the one of its name, else the last; both are gone.
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
    """Return the views saved so that no two have a digit: the later keeps it."""
    saved = tuple(saved)
    return _with_digits_of({view.digit: view for view in saved}, saved)


def _with_digits_of(holders: Mapping[str, View], views: Iterable[View]) -> tuple[View, ...]:
    """Return views of which each digit is left to the one that holds it."""
    return tuple(
        view if not view.digit or holders[view.digit] is view else replace(view, digit="")
        for view in views
    )


def saved_without(saved: Iterable[View], name: str) -> tuple[View, ...]:
    """Return the views saved without the one of a name."""
    return tuple(view for view in saved if view.name.casefold() != name.casefold())


def clean_name(text: str) -> str:
    """Return text as the name of a view, which can be in quotes behind `view:`."""
    return clean_line(text.replace('"', " "), NAME_LIMIT).strip(" ,")


def in_query(name: str) -> str:
    """Return how a query calls a view."""
    return f"view:{quoted(name)}"
