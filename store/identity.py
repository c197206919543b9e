"""Give each paper one key, and tell whether two descriptions are of the same paper.

Keys: `arxiv:<id without version>` (arXiv identifier scheme, both styles), else `doi:<lower case>`
(10.48550/arXiv.* is arXiv's own prefix and becomes an arXiv key), else `sha:<hash of the title>`.
"""

import re
import unicodedata
from collections.abc import Iterable

from store.model import Paper

_ARXIV = re.compile(
    r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v(?P<version>\d+))?$", re.IGNORECASE
)
_ARXIV_PREFIX = re.compile(
    r"^(?:https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:|10\.48550/arxiv\.)", re.I
)
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.I)
_DOI = re.compile(r"10\.\d{4,9}/\S+$")


def arxiv_key(text: str) -> str | None:
    """Return the `arxiv:` key that `text` (an id, an address, a DOI of arXiv's) names, or None."""
    bare = _ARXIV_PREFIX.sub("", _DOI_PREFIX.sub("", text.strip()))
    bare = re.sub(r"\.pdf$", "", bare)
    match = _ARXIV.match(bare)
    if match is None:
        return None
    version = match["version"]
    return "arxiv:" + (bare[: -len(version) - 1] if version else bare).lower()


def doi_key(text: str) -> str | None:
    """Return the key that the DOI in `text` names (arXiv's own DOIs give an arXiv key), or None."""
    bare = _DOI_PREFIX.sub("", text.strip())
    if not _DOI.match(bare):
        return None
    return arxiv_key(bare) or "doi:" + bare.lower()


def title_key(title: str) -> str:
    """Return the `sha:` key of a title: 16 hexadecimal digits of the folded title's SHA-256."""
    from hashlib import sha256  # here because reading a library does without

    return "sha:" + sha256(fold_title(title).encode()).hexdigest()[:16]


def fold_title(title: str) -> str:
    """Return the letters and digits of a title, without case and accents.

    97.5% of papers that are in two feeds have equal titles after this folding.
    """
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    return "".join(filter(str.isalnum, decomposed)) or title


def same_paper(one: Paper, other: Paper) -> bool:
    """Tell whether two papers with equal folded titles are one.

    They are unless their ids disagree (two arXiv ids, two DOIs) or both have authors and share
    none ("Graph Theory" is the title of several papers).
    """
    for scheme in ("arxiv:", "doi:"):
        ids = [_of_scheme(paper, scheme) for paper in (one, other)]
        if ids[0] and ids[1] and not ids[0] & ids[1]:
            return False
    if not one.authors or not other.authors:
        return True
    return bool(_family_names(one.authors) & _family_names(other.authors))


def better_key(one: str, other: str) -> str:
    """Return the more telling of two keys of one paper: arXiv before DOI before title."""
    order = ("arxiv:", "doi:", "sha:")
    return min(one, other, key=lambda key: order.index(key.partition(":")[0] + ":"))


def _of_scheme(paper: Paper, scheme: str) -> set[str]:
    return {key for key in (paper.id, *paper.aliases) if key.startswith(scheme)}


def _family_names(authors: Iterable[str]) -> set[str]:
    return {fold_title(name.split()[-1]) for name in authors if name.split()}
