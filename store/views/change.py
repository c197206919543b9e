"""A change of the saved views, which can be undone by itself. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.views.known import View


@dataclass(frozen=True, slots=True)
class ViewsChange:
    """The saved views before and after a change."""

    before: tuple[View, ...]
    after: tuple[View, ...]

    def taken_back(self, saved: Iterable[View]) -> tuple[View, ...]:
        """Return the present saved views without the change.

        Only views, filters and digits that it changed return to their earlier state and place.
        Later changes stay, and so does a digit that was given to another view.
        """
        old, new = _by_name(self.before), _by_name(self.after)
        now = _by_name(saved)
        touched = [name for name in {**new, **old} if old.get(name) != new.get(name)]
        back = {
            name: view
            for name in touched
            if (view := _taken_back(old.get(name), new.get(name), now.get(name)))
        }
        views = [view for name, view in now.items() if name not in touched]
        views += [view for name, view in back.items() if name not in old]
        order = list(old)
        for place, name in reversed([*enumerate(order)]):
            if name in back:
                _insert(views, back[name], order[:place], order[place + 1 :])
        return tuple(
            replace(view, digit="") if view.digit != _digit(now, view) and _held(views, view)
            else view
            for view in views
        )  # fmt: skip


def _taken_back(was: View | None, became: View | None, now: View | None) -> View | None:
    """Return a view without a change; None if it does not exist then."""
    if was is None:
        return now if now and became and now.query != became.query else None
    if became is None:
        return now or was
    if now is None:
        return None
    return View(
        was.name if now.name == became.name else now.name,
        was.query if now.query == became.query else now.query,
        was.digit if now.digit == became.digit else now.digit,
    )


def _insert(views: list[View], view: View, earlier: Sequence[str], later: Sequence[str]) -> None:
    """Insert a view before the first of the later ones, else after the last of the earlier ones."""
    names = [each.name.casefold() for each in views]
    before = [place for place, name in enumerate(names) if name in later]
    after = [place + 1 for place, name in enumerate(names) if name in earlier]
    views.insert((before[:1] or after[-1:] or [len(views)])[0], view)


def _by_name(views: Iterable[View]) -> dict[str, View]:
    return {view.name.casefold(): view for view in views}


def _digit(now: dict[str, View], view: View) -> str:
    """Return the present digit of a view, or empty."""
    present = now.get(view.name.casefold())
    return present.digit if present else ""


def _held(views: Iterable[View], view: View) -> bool:
    """Return whether another view has the digit of a view."""
    return any(each.digit == view.digit and each is not view for each in views)
