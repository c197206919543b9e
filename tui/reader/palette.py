"""What the command palette offers: actions with their keys, views and tags as filters, papers.

Feed text is given as Content, for the palette would take a plain string for markup.
"""

from collections.abc import Callable, Iterator
from functools import partial

from textual.app import SystemCommand
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from store.text.clean import clean_line
from tui.reader.main import MainScreen
from tui.reader.messages import key_for
from tui.reader.subjects.finding import Finding

PAPERS_AT_MOST = 12
FILTERS_AT_MOST = 12
FILTER_SCORE, PAPER_SCORE = 0.2, 0.1
"""Less than actions have: these come first."""
NAME = 24
"""Cells for the name of a command; what it does follows on the same line."""


class ReaderProvider(Provider):
    """Actions, views, tags and papers of the reader; one provider, for several have no order."""

    @property
    def _used(self) -> list[str]:
        """The commands chosen here since the program started, the latest first."""
        used: list[str] = getattr(self.app, "palette_used", [])
        return used

    @property
    def _finding(self) -> Finding | None:
        """What finds papers on the screen below; None on one without papers."""
        return getattr(self.screen, "finding", None)

    async def discover(self) -> Hits:
        """Offer the actions, those used last first, then views and the tags used most."""
        for command in self._commands():
            if command.discover:
                line = _line(Content(command.title), command.help)
                yield DiscoveryHit(line, self._doing(command), text=command.title)
        if not (finding := self._finding):
            return
        for query, words in list(finding.filters())[:FILTERS_AT_MOST]:
            name = clean_line(query)
            jump = partial(finding.filter_by, query)
            yield DiscoveryHit(_line(Content(name), words), jump, text=name)

    async def search(self, query: str) -> Hits:
        """Offer actions and filters whose names hold what was typed, and papers that match it."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(command.title)) > 0:
                line = _line(matcher.highlight(command.title), command.help)
                yield Hit(score, line, self._doing(command), text=command.title)
        if not (finding := self._finding):
            return
        wanted = query.casefold()
        filters = [each for each in finding.filters() if wanted in each[0].casefold()]
        for text, words in filters[:FILTERS_AT_MOST]:
            name = clean_line(text)
            jump = partial(finding.filter_by, text)
            yield Hit(FILTER_SCORE, _line(Content(name), words), jump, text=name)
        for place, paper in enumerate(finding.papers_about(query, PAPERS_AT_MOST)):
            title = clean_line(paper.title)
            score = PAPER_SCORE / (place + 1)
            jump = partial(finding.go_to_paper, paper.id)
            yield Hit(score, Content(title), jump, text=title)

    def _commands(self) -> Iterator[SystemCommand]:
        """Yield the commands: those used last, then as they are in the table of keys."""
        commands = list(self.app.get_system_commands(self.screen))
        places = {title: place for place, title in enumerate(self._used)}
        yield from sorted(commands, key=lambda each: places.get(each.title, len(places)))

    def _doing(self, command: SystemCommand) -> Callable[[], None]:
        def do() -> None:
            others = [each for each in self._used if each != command.title]
            self._used[:] = [command.title, *others]
            command.callback()

        return do


def reader_commands(reader: MainScreen) -> Iterator[SystemCommand]:
    """Yield a command for each action of the reader."""
    seen = {"app.palette"}
    # From the class: the settings may leave an action of the screen without a key.
    bindings = [each for _, each in reader._merged_bindings or ()] + reader.own_bindings
    # Moves come last: nobody looks for the next paper by its name.
    for binding in sorted(bindings, key=lambda each: (each.id or "").startswith("list.")):
        if binding.id and binding.id not in seen:
            seen.add(binding.id)
            key = key_for(reader, binding.id)
            yield SystemCommand(
                binding.description if key == binding.id else f"{binding.description} ({key})",
                binding.tooltip,
                partial(reader.app.call_later, reader.run_action, binding.action),
            )


def _line(name: Content, does: str) -> Content:
    """Return a command in one line: its name with the key, and what it does."""
    gap = " " * max(NAME - name.cell_length, 1)
    return Content.assemble(name, gap, (does, "$foreground 85%"))
