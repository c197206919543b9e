"""The sample feed goes by itself once there are papers of one's own."""

from store.library import Library
from tui.words import SAMPLE, count_papers


def take_away(library: Library) -> str:
    """Take away the sample but what is marked of it; return what that was, or nothing.

    Raises LibraryError where it can't be done.
    """
    if SAMPLE not in library.feeds:
        return ""
    dropped = library.drop_feed(SAMPLE)
    if not dropped.gone:
        return ""
    stay = f"; {count_papers(dropped.stayed)} marked or in another feed stay"
    return f"removed {count_papers(dropped.gone)} of the sample{stay if dropped.stayed else ''}"
