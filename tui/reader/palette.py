"""What the command palette offers beside the actions: views and tags as filters, papers by title.

Feed text is given as Content, for the palette would take a plain string for markup.
"""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits
from textual.content import Content
from textual.system_commands import SystemCommandsProvider

from store.text.clean import clean_line
from tui.reader.finding import Finding

PAPERS_AT_MOST = 12
FILTERS_AT_MOST = 12
FILTER_SCORE, PAPER_SCORE = 0.2, 0.1
"""Less than actions have: these come first."""


class ReaderProvider(SystemCommandsProvider):
    """Actions, views, tags and papers of the reader; one provider, for several have no order."""

    @property
    def _finding(self) -> Finding | None:
        """What finds papers on the screen below; None on one without papers."""
        return getattr(self.screen, "finding", None)

    async def discover(self) -> Hits:
        """Offer the actions, views and the tags used most."""
        async for hit in super().discover():
            yield hit
        if not (finding := self._finding):
            return
        for query, words in list(finding.filters())[:FILTERS_AT_MOST]:
            name = clean_line(query)
            jump = partial(finding.filter_by, query)
            yield DiscoveryHit(Content(name), jump, text=name, help=words)

    async def search(self, query: str) -> Hits:
        """Offer actions and filters whose names hold what was typed, and papers that match it."""
        async for hit in super().search(query):
            yield hit
        if not (finding := self._finding):
            return
        wanted = query.casefold()
        filters = [each for each in finding.filters() if wanted in each[0].casefold()]
        for text, words in filters[:FILTERS_AT_MOST]:
            name = clean_line(text)
            jump = partial(finding.filter_by, text)
            yield Hit(FILTER_SCORE, Content(name), jump, text=name, help=words)
        for place, paper in enumerate(finding.papers_about(query, PAPERS_AT_MOST)):
            title = clean_line(paper.title)
            score = PAPER_SCORE / (place + 1)
            jump = partial(finding.go_to_paper, paper.id)
            yield Hit(score, Content(title), jump, text=title)
