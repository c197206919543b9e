"""Web addresses, and the ids of papers in all their spellings.

An arXiv id or a DOI is recognised only with a sign that it is one: a word or an address before it,
or its field. Similar digits anywhere else are not ids. Sources:
https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/doi-handbook/HTML/,
https://shortdoi.org.
"""

import re
from functools import cache
from urllib.parse import unquote, urlsplit

LONGEST = 2_048
"""Most characters of an address; servers and browsers accept as many."""

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|"
    "nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|"
    "supr-con"
)
"""The parts of ids before the slash, until 2007."""
_NUMBER = rf"""(?P<id>\d{{4}}\.\d{{4,5}}|(?:{_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{7}})
    (?:v(?P<version>\d{{1,3}}))?"""
_PAGES = r"""(?:https?://)?(?:[a-z0-9-]{1,20}\.){0,3}(?:
    arxiv\.org/(?:abs|pdf|html|ps|format|src|e-print|ftp/(?:[\w-]{2,9}/papers/\d{4}))
    |(?:ar5iv\.org|xxx\.lanl\.gov)/(?:abs|html|pdf)
    |alphaxiv\.org/(?:[a-z]{2}/)?(?:abs|pdf|html|overview)
    |(?:huggingface\.co|hf\.co|arxiv-vanity\.com)/papers
    |(?:papers\.cool|scirate\.com|semanticscholar\.org)/arxiv
    )/|(?:https?://)?(?:api\.semanticscholar\.org/|(?:ui\.)?adsabs\.harvard\.edu/abs/)arxiv:"""
"""Addresses of pages of papers on arXiv."""
_SHORTEST_REFERENCE = len("abs:0704.0001")
_DOI_SITE = r"(?:https?://)?(?:(?:www|dx)\.)?doi\.org/(?:doi:)?"
_NAMED = r"(?:oai:|info:|urn:)?arxiv(?:\.org)?\s*[:/]\s*(?:(?:abs|pdf)/)?"
_ARXIV_DOI = rf"(?:{_DOI_SITE}|doi:\s*)?10\.48550/arxiv\."
_AFTER = r"(?![\w]|\.\d)"
_FILE = r"(?:\.pdf|\.md|\.html)?/?(?:[?\#]\S*)?"
"""The possible end of an address after an id."""
_LEAD_WORDS = (
    "arxiv|available|accessed|accessible|also|and|as|at|corr|draft|electronic|eprints?|e-prints?|"
    "from|full|html|in|manuscript|on|online|paper|pdf|posted|preprints?|pre-prints?|print|report|"
    "retrieved|submitted|tech|technical|text|the|to|unpublished|url|via|website|working|abs|link"
)
_LEAD = rf"[\s\[({{<\"']*(?:(?:{_LEAD_WORDS})\b[\s.,:;\[({{<\"']*){{0,8}}"
"""Words before an id that only say where the paper is."""

_DOI = r"10\.\d{4,9}/\S+"
_DOI_PREFIX = rf"(?:{_DOI_SITE}|(?:urn:|info:)?doi\s*[:/]\s*|doi\s+)"
_DOI_PAGES = re.compile(
    r"(?:/(?:abs|abstract|articles?|book|chapters?|citation|content(?:/pdf)?|doi|epdf|full|pdf)/"
    r"|[?&](?:doi|id|uri)=)(10\.\d{4,9}/[^\s?#&\"<>]{1,200})",
    re.IGNORECASE,
)
"""The DOI in the address of a publisher's page."""
_DOI_PAGE_ENDS = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|meta|short|html|fulltext|summary))+$"
    r"|(?:\.(?:full|abstract|short|pdf|html|full-text))+$",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"(10\.(?:1101|64898)/[0-9.]+)v[0-9]+\Z")
"""The DOI in an address at bioRxiv or medRxiv, with a version after it."""

_BRACKETS = {"<": ">", "(": ")", "[": "]", '"': '"', "“": "”"}
"""Brackets around an id that was copied from a text."""
_CATEGORY_BEHIND = re.compile(r"\s+\[[a-z-]{2,12}(?:\.[A-Za-z-]{2,12})?\]\Z")
"""The category that arXiv writes after its ids: "arXiv:2508.00001v1 [cs.CL]"."""
_SPACE_BEHIND_NAME = re.compile(r"arxiv\s+(?=[\da-z])", re.IGNORECASE)


def is_web_address(address: str) -> bool:
    """Return whether an address is valid: http(s) with a host, no user, no space, not long."""
    if len(address) <= LONGEST and _plain_address().match(address):
        return True
    if len(address) > LONGEST or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return False


def arxiv_key(text: str) -> str | None:
    """Return the `arxiv:` key in a text (id, address or DOI of arXiv's); None without one."""
    match = _whole_arxiv().match(_plain(text))
    return _key(match["id"]) if match else None


def arxiv_reference(text: str) -> tuple[str, int]:
    """Return the arXiv id at the beginning of a text, and its version (0 without one).

    The id is spelled as in the text, and empty if there is none. Known forms are `arXiv preprint
    arXiv:2010.11929`, `CoRR abs/2010.11929`, `Available at https://…`, addresses and arXiv's own
    DOIs. A bare number is an id only in a field for arXiv ids: put `arXiv:` before it.
    """
    if len(text) < _SHORTEST_REFERENCE:  # as volumes and numbers are
        return "", 0
    match = _leading_arxiv().match(_plain(text[:400]))
    return (match["id"], int(match["version"] or 0)) if match else ("", 0)


def doi_key(text: str) -> str | None:
    """Return the key of the DOI in a text, an arXiv key for arXiv's own DOIs; None without one.

    The DOI may be alone, after `doi:`, or in an address of doi.org or a publisher. A short DOI
    (10/abc12) needs a prefix, and stays short.
    """
    text = _plain(text)
    if match := _whole_doi().match(text):
        return arxiv_key(match["doi"]) or _doi_key(match["doi"])
    if match := _short_doi().match(text):
        return f"doi:10/{(match['name'] or match['at_site']).lower()}"
    if "/" in text and (match := _DOI_PAGES.search(text)) and not re.search(r"\s", text):
        return _doi_key(_DOI_PAGE_ENDS.sub("", match[1]))
    return None


def doi_reference(text: str) -> str | None:
    """Return the key of the DOI at the beginning of a text (`Preprint at https://doi.org/…`)."""
    text = text[:400]
    if "10" not in text and "doi" not in text.lower():  # as for most addresses
        return None
    match = _leading_doi().match(text)
    return doi_key(match["doi"]) if match else None


def key_named(text: str) -> str | None:
    """Return the key in a copied text: an id, a DOI or an address; None without one."""
    # Most words of a query have no digit; patterns are compiled on first use.
    if not any(map(str.isdigit, text)):
        return None
    text = _CATEGORY_BEHIND.sub("", text.strip()).rstrip(".,;")
    if text[:1] in _BRACKETS:
        text = text[1:].removesuffix(_BRACKETS[text[0]])
    if match := _SPACE_BEHIND_NAME.match(text):
        text = f"arxiv:{text[match.end() :]}"
    return arxiv_key(text) or doi_key(text)


def _key(arxiv_id: str) -> str:
    # math.GT/0309136 is math/0309136: the subject class is not part of the id.
    name = arxiv_id.lower()
    return "arxiv:" + (re.sub(r"\.[a-z]{2}/", "/", name) if "/" in name else name)


def _doi_key(doi: str) -> str:
    doi = _PREPRINT.sub(r"\1", doi.rstrip(".,;"))
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;")
    return "doi:" + doi.lower()


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        return ""
    # DOIs may contain characters that addresses encode.
    return unquote(text) if "%" in text and "/" in text else text


@cache
def _plain_address() -> re.Pattern[str]:
    """Return a pattern that most addresses match, and that only valid ones match."""
    return re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#][!-~]*)?\Z")


@cache
def _whole_arxiv() -> re.Pattern[str]:
    before = rf"(?:{_PAGES}|{_ARXIV_DOI}|{_NAMED})?(?:arxiv:)?"
    return re.compile(rf"(?:{before}){_NUMBER}{_FILE}\Z", re.IGNORECASE | re.VERBOSE)


@cache
def _leading_arxiv() -> re.Pattern[str]:
    named = r"(?:arxiv(?:\.org)?|corr|preprints?|e-?prints?|abs|pdf|html)[\s.,:/({\[]+"
    before = rf"(?:{_PAGES}|{_ARXIV_DOI}|{_NAMED}|{named})(?:arxiv:)?"
    return re.compile(rf"{_LEAD}{before}{_NUMBER}{_AFTER}", re.IGNORECASE | re.VERBOSE)


@cache
def _leading_doi() -> re.Pattern[str]:
    doi = rf"(?:{_DOI_PREFIX})?10\.\S+|https?://\S+"
    return re.compile(rf"{_LEAD}(?P<doi>{doi})", re.IGNORECASE)


@cache
def _whole_doi() -> re.Pattern[str]:
    return re.compile(rf"(?:{_DOI_PREFIX})?(?P<doi>{_DOI})\Z", re.IGNORECASE)


@cache
def _short_doi() -> re.Pattern[str]:
    name = r"[a-z](?=[a-z]{0,8}\d)[a-z0-9]{2,9}"
    pattern = rf"{_DOI_PREFIX}10/(?P<name>[a-z0-9]{{3,10}})\Z|{_DOI_SITE}(?P<at_site>{name})\Z"
    return re.compile(pattern, re.IGNORECASE)
