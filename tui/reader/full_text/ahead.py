"""Fetch texts ahead of time, in the background: for a train ride, say."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Event

from store.errors import FetchCancelledError, PapersError
from store.fetching.sources import Mirrors
from store.fulltext.document import NoFullTextError
from store.fulltext.fetchers import TextFetcher
from store.fulltext.texts import FullTexts, is_stored
from store.model import Paper
from tui.reader.job import Job
from tui.reader.requests import FromThread
from tui.words import count_papers


class TextsAhead:
    """The texts that are being fetched, if some are; politely, one after the other."""

    def __init__(
        self,
        texts: FullTexts,
        post: Callable[[FromThread], object],
        tell: Callable[[str], None],
        ended: Callable[[str, str], None],
    ) -> None:
        """`tell` shows how far it is, `ended` what came of it and what failed."""
        self._texts = texts
        self._job = Job("texts", post, tell)
        self._ended = ended

    @property
    def running(self) -> bool:
        """Whether some are being fetched."""
        return self._job.running

    def stop(self) -> bool:
        """End what is being fetched; return whether something was."""
        return self._job.stop()

    def start(self, papers: Sequence[Paper], mirrors: Mirrors) -> None:
        """Fetch the texts of papers, of which those that are kept are passed over."""
        self._job.start(partial(self._fetch, list(papers), mirrors))

    def _fetch(self, papers: list[Paper], mirrors: Mirrors, cancel: Event) -> Callable[[], None]:
        kept = 0
        failed: list[str] = []
        try:
            names = self._texts.names()
            wanted = [paper for paper in papers if not is_stored(paper, names)]
            with TextFetcher(mirrors, cancel) as fetcher:
                for number, paper in enumerate(wanted, start=1):
                    self._job.tell(f"text {number} of {len(wanted)}…")
                    try:
                        self._texts.put(paper, fetcher.find(paper, lambda where: None))
                        kept += 1
                    except NoFullTextError:
                        failed.append(f"no text: {paper.title}")
        except FetchCancelledError:
            pass
        except PapersError as error:
            failed.append(str(error))
        done = f"{count_papers(kept)} can be read offline."
        return partial(self._ended, done, "\n".join(failed))
