"""What a rule can be made of, in one paper: its authors, categories, keywords, words of its title.

Pure. Each is a query of one field, which finds what it says and nothing like it.
"""

from collections.abc import Iterator

from store.model import Paper
from store.query.fields import in_quotes, quoted
from store.text.clean import clean_line
from store.text.fold import fold

MOST = 9
"""So many are offered, a digit each."""
_AUTHORS, _CATEGORIES, _KEYWORDS = 3, 2, 2
_UNTELLING = """
about above across after against also among analysis approach approaches based beyond does from have
into large learning method methods model models more most need neural over paper study system
systems than that their them then these they this through toward towards under using very well what
when where which while with without your
"""
"""Words of titles that tell nothing."""
_LEAST = 4
"""Letters of a word that can tell something."""


def offers(paper: Paper) -> list[str]:
    """Return queries that a rule can be made of, the likeliest first."""
    return list(dict.fromkeys(_offers(paper)))[:MOST]


def _offers(paper: Paper) -> Iterator[str]:
    for author in (*paper.authors[:_AUTHORS], *paper.authors[-1:]):
        if fold(name := clean_line(author)):
            yield f"author:{in_quotes(name)}"
    for category in paper.categories[:_CATEGORIES]:
        yield f"cat:{quoted(clean_line(category))}"
    for keyword in paper.keywords[:_KEYWORDS]:
        if fold(name := clean_line(keyword)):
            yield f"keyword:{in_quotes(name) if ' ' in name else quoted(name)}"
    untelling = _UNTELLING.split()
    words = {fold(word): None for word in clean_line(paper.title).split()}
    telling = [word for word in words if len(word) >= _LEAST and word not in untelling]
    for word in sorted(telling, key=len, reverse=True):
        yield f"title:{quoted(word)}"
