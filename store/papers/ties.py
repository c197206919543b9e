"""What goes by the same names, directly or through others."""

from collections.abc import Collection, Iterable, Iterator


class Ties:
    """Numbered things and the names they go by."""

    def __init__(self) -> None:
        self._names: dict[int, Collection[str]] = {}
        self._named: dict[str, set[int]] = {}

    def put(self, number: int, names: Collection[str]) -> None:
        """Let a number go by names."""
        self._names[number] = names
        for name in names:
            self._named.setdefault(name, set()).add(number)

    def remove(self, number: int) -> None:
        """Forget a number and the names it went by."""
        for name in self._names.pop(number):
            self._named[name].discard(number)

    def of(self, number: int) -> Collection[str]:
        """Return the names that a number goes by."""
        return self._names[number]

    def names(self, numbers: Iterable[int]) -> set[str]:
        """Return all names of these numbers and of those tied to them."""
        return {
            name for tied in self.tied(numbers) for number in tied for name in self._names[number]
        }

    def several(self, among: Iterable[int] | None = None) -> Iterator[list[int]]:
        """Yield those of some numbers, or of all, that are tied to others, all tied at once."""
        named = self._named
        shared = (
            number
            for number in (self._names if among is None else among)
            if any(len(named[name]) > 1 for name in self._names[number])
        )
        return self.tied(shared)

    def tied(self, numbers: Iterable[int]) -> Iterator[list[int]]:
        """Yield these numbers and all that are tied to them, each once, those tied at once.

        Each name is looked up once, however many go by it.
        """
        found: set[int] = set()
        asked: set[str] = set()
        for first in numbers:
            if first in found:
                continue
            found.add(first)
            if all(len(self._named[name]) == 1 for name in self._names[first]):
                yield [first]
                continue
            together = [first]
            for number in together:  # which grows meanwhile
                for name in self._names[number]:
                    if name not in asked:
                        asked.add(name)
                        new = self._named[name] - found
                        found |= new
                        together += new
            yield sorted(together)
