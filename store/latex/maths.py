"""Tell formulas from money and other prose between dollar signs."""

import re

LONGEST_FORMULA = 1_000
"""In characters; dollar signs further apart do not belong together."""

_TEXT_ARGUMENT = re.compile(r"\\(?:text\w*|mathrm|mbox|operatorname)\s*\{[^{}]*\}")
_SPACED_WORD = re.compile(r"(?<!\S)[A-Za-z]{2,}[,.;:]?(?!\S)")
_LONE_WORD = re.compile(r"\s*[A-Za-z]+\s*")
_CONNECTIVES = frozenset(["mod", "if", "otherwise", "for", "all", "where", "s.t."])
_AMOUNT = re.compile(r"\s*-?[.\d]")
_STOP = re.compile(r"[.;:!?]\s")
_COMMAND = re.compile(r"\\[A-Za-z]")
_SIGN = re.compile(r"[\\^_{}=<>≤≥≈∈]")


def is_formula(content: str, followed: str) -> bool:
    """Return whether what is between two dollar signs is a formula.

    `followed` is the character after the second sign, empty at the end of the text.
    """
    if not content.strip():
        return False
    marked = bool(_SIGN.search(content))
    one_sided = content[0].isspace() != content[-1].isspace()
    if not marked and (one_sided or content[-1] in ":/(," or not _is_closed(content)):
        return False
    if _AMOUNT.match(content) and (one_sided or followed.isdigit() or content[-1] in "-–/(+,"):
        return False
    if _STOP.search(content) and not _COMMAND.search(content):
        return False
    if _LONE_WORD.fullmatch(content):
        return not content[0].isspace() or len(content.strip()) == 1
    plain = _TEXT_ARGUMENT.sub(" ", content)
    words = (word.strip(",.;:") for word in _SPACED_WORD.findall(plain))
    return all(word in _CONNECTIVES for word in words)


def _is_closed(content: str) -> bool:
    """Return whether as many brackets close as open; [0, 1) is closed."""
    count = content.count
    return count("(") + count("[") == count(")") + count("]")
