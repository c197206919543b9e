"""What a text needs to show its pictures: where they come from, and what the terminal can do."""

import os
from threading import Event

from textual.screen import Screen

from store.fetching.sources import Mirrors
from store.fulltext.fetchers import PictureFetcher
from store.fulltext.pictures import StoredPictures, missing_extra
from tui.ground import GROUND
from tui.reader.appearance.line_filters import wants_ascii
from tui.reader.full_text.figures import Figures
from tui.reader.job import Job
from tui.reader.messages import key_for
from tui.reader.pictures.drawn import Drawn, Wanted, draw
from tui.reader.pictures.ways import USUAL_CELL, Way, Ways, cell_size, choose
from tui.reader.requests import FromThread
from tui.settings.config import Config


class TextPictures:
    """The pictures of one text, from its opening until it is closed."""

    def __init__(
        self, screen: Screen[str | None], config: Config, kept: StoredPictures, mirrors: Mirrors
    ) -> None:
        """`screen` is that of the text."""
        self._screen = screen
        self._cancel = Event()
        self._fetcher = PictureFetcher(kept, mirrors, self._cancel)
        self._cell = cell_size()
        self.figures = Figures(
            self._ways(config),
            self._draw,
            Job("pictures", screen.post_message),
            self.write,
            screen.call_later,
        )

    def begin(self) -> None:
        """Send pictures again after another program had the terminal."""
        signal = self._screen.app.app_resume_signal
        signal.subscribe(self._screen, lambda app: self.figures.loader.send_again())

    def end(self) -> None:
        """Let go of the source and of the terminal's memory."""
        self._cancel.set()
        self.figures.loader.forget()

    def write(self, data: str) -> None:
        """Send the terminal something that is not text."""
        if driver := self._screen.app._driver:
            driver.write(data)

    def _ways(self, config: Config) -> Ways:
        if missing := missing_extra():
            return Ways(Way.OFF, Way.OFF, "" if config.images == Way.OFF else missing)
        app = self._screen.app
        few = app.no_color or app.console.color_system not in ("256", "truecolor")
        plain = few or wants_ascii(config.ascii)
        ways = choose(config.images, os.environ, plain, GROUND.has_sixel, self._cell is not None)
        return ways._replace(reason=ways.reason.format(key=key_for(self._screen, "text.figure")))

    def _draw(self, page: str, wanted: Wanted) -> Drawn:
        """Have and draw a picture, in a thread."""
        data = self._fetcher.get(wanted.address, page)
        if self._fetcher.problem:
            problem, self._fetcher.problem = self._fetcher.problem, ""
            self._screen.post_message(
                FromThread(lambda: self._screen.notify(problem, severity="warning", markup=False))
            )
        return draw(data, wanted, self._cell or USUAL_CELL, "TMUX" in os.environ)
