"""What services have for a query, beside what the library has. Knows no screen."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from store.identity import family_names
from store.library import ADDED
from store.model import Paper
from tui.reader.drawing.render import LENT, name_of
from tui.reader.shown import Shown


@dataclass(frozen=True, slots=True)
class Found:
    """A paper that was found elsewhere."""

    paper: Paper
    """As the library would show it; in no feed."""
    described: Paper
    """As the service describes it."""
    namesake: str = ""
    """The id of a paper of the library that has its title and shares an author, where one does."""


def namesake(paper: Paper, titles: Mapping[str, Paper]) -> str:
    """Return the id of the same paper among those known by their titles in lower case, or ""."""
    other = titles.get(paper.title.casefold())
    if other is None:
        return ""
    families = family_names(paper.authors), family_names(other.authors)
    return "" if all(families) and families[0].isdisjoint(families[1]) else other.id


class Elsewhere:
    """What was asked of services for a query, and what they answered.

    Its papers are lent: they are in memory alone. Those that are kept are lent until they are read
    from the library.
    """

    def __init__(
        self, query: str, services: Sequence[str], left_out: str = "", wanted: str = ""
    ) -> None:
        """`left_out` is what they were not asked of the query; `wanted` the paper asked for."""
        self.query = query
        self.services = tuple(services)
        self.left_out = left_out
        self.wanted = wanted
        self.asking = list(services)
        """The services that have not answered yet."""
        self.failed: dict[str, str] = {}
        """Why a service gave no answer."""
        self.lent: dict[str, Paper] = {}
        """The papers that the library lacks, by id."""
        self._described: dict[str, Paper] = {}
        """How they are kept."""
        self._found: dict[str, list[str]] = {}
        """By service, the ids of what it found; none that another service found before."""

    def answered(self, service: str, found: Sequence[Found], named: Callable[[str], str]) -> None:
        """Take the answer of a service; `named` returns the id that a paper has in the library."""
        self.asking.remove(service)
        known = set(self.ids)
        ids = self._found[service] = []
        for each in found:
            names = (each.paper.id, *each.paper.aliases, each.namesake)
            paper_id = next(filter(None, map(named, names)), "")
            if not paper_id:
                paper_id = each.paper.id
                self.lent.setdefault(paper_id, each.paper)
                self._described.setdefault(paper_id, each.described)
            if paper_id not in known:
                known.add(paper_id)
                ids.append(paper_id)

    def fails(self, service: str, why: str) -> None:
        """Record that a service gave no answer."""
        self.asking.remove(service)
        self.failed[service] = why

    @property
    def failures(self) -> list[str]:
        """Why there is no answer, one line per service."""
        names = [service or name_of(self.wanted) for service in self.failed]
        return [f"{name}: {why}" for name, why in zip(names, self.failed.values(), strict=True)]

    @property
    def nothing(self) -> str:
        """The lines of an empty list: nothing is found, or not yet."""
        if self.asking:
            wanted = name_of(self.wanted)
            return f"Fetching {wanted}…" if wanted else f"Asking {' and '.join(self.asking)}…"
        said = self.failures
        if silent := [each for each in self.services if each not in self.failed]:
            has = "has" if len(silent) == 1 else "have"
            without = f" (asked without {self.left_out})" if self.left_out else ""
            said.append(f"{' and '.join(silent)} {has} no such paper{without}.")
        return "\n".join(said)

    @property
    def ids(self) -> list[str]:
        """All that was found."""
        return [each for ids in self._found.values() for each in ids]

    def keep(self, paper_ids: Sequence[str], today: date) -> Iterator[Paper]:
        """Yield those of these papers that the library lacks and has to keep, as of today."""
        for each in paper_ids:
            paper = self.lent.get(each)
            if paper and not paper.feeds:
                day = today.isoformat()
                self.lent[each] = replace(paper, feeds=(ADDED,), date=day)
                yield replace(self._described[each], date=day)

    def not_kept(self, papers: Container[str]) -> None:
        """Record that what the library lacks now could not be kept."""
        for each, paper in self.lent.items():
            if each not in papers:
                self.lent[each] = replace(paper, feeds=())

    def arrived(self, named: Callable[[str], str]) -> dict[str, str]:
        """Lend no more what the library has now; return its ids there where they are others."""
        others: dict[str, str] = {}
        for each in list(self.lent):
            if there := named(each):
                del self.lent[each]
                others |= {each: there} if there != each else {}
        for ids in self._found.values():
            ids[:] = dict.fromkeys(others.get(each, each) for each in ids)
        return others

    def shown(self, papers: Container[str]) -> Shown:
        """Return what the list shows, of what is in the library or lent to it."""
        shown: list[str] = []
        sections: dict[int, str] = {}
        for service, ids in self._found.items():
            if there := [each for each in ids if each in papers or each in self.lent]:
                if service:
                    sections[len(shown)] = f"found at {service} ({LENT} not in the library)"
                shown += there
        asking = [f"asking {' and '.join(self.asking)}…"] if shown and any(self.asking) else []
        without = [f"without {self.left_out}"] if self.left_out else []
        return Shown(
            shown, sections=sections, number=len(shown), named="found",
            note=" · ".join([*asking, *without]), lent=self.lent,
        )  # fmt: skip
