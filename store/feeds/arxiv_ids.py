"""Find the arXiv id in what bibliographies write about a paper."""

import re

_REFERENCE = re.compile(
    r"""\s* [\[({]* (?:https?://(?:www\.|export\.|dx\.)?(?:doi\.org/)?)? (?:doi:\s*)? (?:10\.48550/)?
    (?:(?:arxiv(?:\.org)? | corr | preprints? | e-?prints? | abs | pdf | html)[\s.,:/({\[]+)+
    (?P<id>\d{4}\.\d{4,5} | [a-z-]+(?:\.[a-z]{2})?/\d{7}) (?:v(?P<version>\d{1,3}))? (?!\d|\.\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def arxiv_reference(text: str) -> tuple[str, int]:
    """Return the arXiv id that a text begins with and its version (0 where it names none).

    The id is spelled as the text has it, and empty where the text is about something else. Known
    are `arXiv preprint arXiv:2010.11929`, `CoRR abs/2010.11929`, addresses and arXiv's own DOIs;
    a bare number is an id only where the field says so: put `arXiv:` before it.
    """
    match = _REFERENCE.match(text[:200])
    return (match["id"], int(match["version"] or 0)) if match else ("", 0)
