"""Parse BibTeX source: entries, with their fields completed from strings and parents.

Sources: BibTeXing (Patashnik), the manual of biblatex (crossref, xdata). Text stays TeX.
"""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.errors import NotAFeedError
from store.feeds.reading import entry_limit, with_newlines
from store.text.clean import clean_line
from store.text.dates import MONTHS

_KEY_LIMIT = 200
_STRING_LIMIT = 2_000
"""Most characters of a @string, and of all strings in a field, so that no field grows too long."""
_PARENT_LIMIT = 500
"""Most characters of a field that an entry inherits: any number of entries may inherit it."""
_INHERITED = (
    *("date", "year", "month", "journal", "journaltitle", "booktitle", "booksubtitle"),
    *("maintitle", "issuetitle", "eventtitle", "school", "institution", "publisher"),
    *("organization", "address", "location", "series", "volume", "edition", "isbn", "issn"),
)
_PEOPLE_LIMIT = 5_000
"""The same for authors and editors."""
_GENERATIONS = 20
_BLOCK_START = re.compile(r"@\w*[ \t]*[{(]")
_LOOSE_HEAD = re.compile(r"^[ \t]*@[ \t]*(\w+)\s*(?=[{(])", re.MULTILINE)
_NO_KEY = re.compile(
    r"@(?!string\b|preamble\b|comment\b)\w+[ \t]*[{(](?=\s*[A-Za-z][\w-]{0,40}\s*=)",
    re.IGNORECASE,
)
_NO_ENTRY = re.compile(
    r"@(?=\d\w*[ \t]*[{(]|[a-z]+[ \t]*\([^\n,={}()]*\S[^\n,={}()]*\)[^\n,=]*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""What looks like an entry at the beginning of a line: @1 (one), @name(x)."""
_LONG_GAP = re.compile(r"(@\w*[ \t])[ \t]{99,}")
_QUOTE_FOR_UMLAUT = re.compile(r'\{"(?=[A-Za-z]\})')
_BACKSLASHES = re.compile(r"\\(?<!\\\\)\\(?:\\\\)*(?=[{}\"])")
"""An even number of them before a brace."""
_BACKSLASH_AT_END = re.compile(r"\\\}[ \t]*,?[ \t]*$", re.MULTILINE)
_FIELD_LINE = re.compile(r"[ \t]*[\w-]+[ \t]*=[ \t]*\{(.*)")
_COMMAS = re.compile(r",(?P<more>(?:\s*,)+)(?=\s*(?:[A-Za-z][\w-]{0,40}\s*=|[)}]\s*(?:@|\Z)))")
_ENTRY_HEAD = re.compile(r"@(?P<kind>\w+)\s*[{(]\s*(?P<key>[^\s,{}=]{0,200})")
_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE_OR_BRACE = re.compile(r'(?<!\\)["{}]')
_BARE = re.compile(r"[^\s#{}\",=]+")
_SPACE = re.compile(r"\s*")
_NEXT_FIELD = re.compile(r"([A-Za-z][\w-]{0,40})\s*=\s*")


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry in the source."""

    kind: str
    """The type, in lower case: article, book."""
    key: str
    """The key as one harmless line."""
    line: int
    """The line of its start, from 1."""
    fields: dict[str, str]
    """Values by lower-case name, without the braces or quotes around them; text is TeX."""


def read_entries(text: str) -> tuple[list[BibtexEntry], list[str]]:
    """Return the entries of BibTeX source in order, and a line for each thing that can't be read.

    NotAFeedError for a text with more braces and commas than any bibliography.
    """
    text = with_newlines(text)
    # The parser stops at each of these for half a microsecond.
    if sum(map(text.count, '{}",=\n')) > 500_000 + len(text) // 6:
        raise NotAFeedError("it consists of braces and commas, not entries")
    problems: list[str] = []
    text = _within_limit(_for_parser(text), problems)
    strings = dict(zip(MONTHS, MONTHS, strict=True))
    entries: list[BibtexEntry] = []
    lines_of_keys: dict[str, int] = {}
    for block in _blocks(text, problems):
        if block.kind == "string":
            for name, value in _fields(block.fields.items(), strings).items():
                if len(value) > _STRING_LIMIT:
                    problems.append(
                        f"the string {clean_line(name, 60)} (line {block.line:,}) was cut at"
                        f" {_STRING_LIMIT:,} characters"
                    )
                strings[name] = value[:_STRING_LIMIT]
            continue
        entry = BibtexEntry(
            block.kind,
            clean_line(block.key, _KEY_LIMIT),
            block.line,
            _fields(block.fields.items(), strings),
        )
        if entry.key and entry.key in lines_of_keys:
            first = lines_of_keys[entry.key]
            problems.append(
                f"{entry.key} (line {entry.line:,}) has the key of the entry in line"
                f" {first:,}: both were read"
            )
        lines_of_keys.setdefault(entry.key, entry.line)
        entries.append(entry)
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    done: set[int] = set()
    for entry in entries:
        _inherit(entry, by_key, done)
    return entries, problems


def _for_parser(text: str) -> str:
    """Return the same source in a form that the parser reads correctly."""
    # It begins an entry at each @ before a word and a bracket, even inside text.
    text = _NO_ENTRY.sub(lambda at: "{@}" if _begins_line(at) else at[0], text)
    # It allows no line break before the opening brace.
    text = _LOOSE_HEAD.sub(lambda head: "\n" * head[0].count("\n") + "@" + head[1], text)
    # It needs a key, or at least the comma after it.
    text = _NO_KEY.sub(lambda head: head[0] + "," * _begins_line(head), text)
    # Its search for blocks needs gigabytes for a long run of spaces.
    text = _LONG_GAP.sub(r"\1", text)
    # It ends a value at the quote in {"a}, which German users write for {\"a}.
    text = _QUOTE_FOR_UMLAUT.sub(r'{\\"', text)
    # It counts a brace as escaped after any number of backslashes.
    text = _BACKSLASHES.sub(r"\g<0> ", text)
    text = _BACKSLASH_AT_END.sub(_ended, text)
    # It drops an entry with a surplus comma.
    text = _COMMAS.sub(lambda commas: "," + "\n" * commas["more"].count("\n"), text)
    # It does not count a line that ends in a backslash.
    return text.replace("\\\n", "\\ \n")


def _begins_line(match: re.Match[str]) -> bool:
    """Return whether a match has only white space before it in its line."""
    text, start = match.string, match.start()
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t")


def _ended(end: re.Match[str]) -> str:
    """Return the end of a line, a backslash and braces, so that a complete value ends there."""
    line = end.string[end.string.rfind("\n", 0, end.start()) + 1 : end.start()]
    value = _FIELD_LINE.match(line)
    is_whole = value is not None and value[1].count("{") == value[1].count("}")
    return end[0].replace("\\", "\\ ") if is_whole else end[0]


def _within_limit(text: str, problems: list[str]) -> str:
    """Return the text up to the limit of entries."""
    limit = entry_limit(text)
    for number, match in enumerate(_BLOCK_START.finditer(text)):
        if number == limit:
            problems.append(f"it has more than {limit:,} entries: the rest was skipped")
            return text[: match.start()]
    return text


def _blocks(text: str, problems: list[str]) -> Iterable[BibtexEntry]:
    """Yield @string blocks (kind "string") and entries, with their fields' values as source."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ImplicitComment, ParsingFailedBlock, String

    # Its log messages are problems here.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    for block in parse_string(text, parse_stack=[]).blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, ParsingFailedBlock):
            if block.ignore_error_block is None:
                problems.append(f"{_name(block.raw or '')} (line {line:,}) is cut off or broken")
                continue
            # A repeated key or field: the block itself is valid.
            block = block.ignore_error_block
        if isinstance(block, ImplicitComment):
            # Text between entries has no meaning, except the rest of one that a brace ended early.
            if block.comment.count("}") > block.comment.count("{"):
                problems.append(f"line {line:,}: a brace too many; what follows was skipped")
        elif isinstance(block, String):
            yield BibtexEntry("string", "", line, {block.key: str(block.value)})
        elif isinstance(block, Entry):
            source: dict[str, str] = {}
            for field in block.fields:
                source.setdefault(field.key, str(field.value))
            yield BibtexEntry(block.entry_type.lower(), block.key, line, source)


def _name(source: str) -> str:
    head = _ENTRY_HEAD.match(source)
    name = (head["key"] or f"@{head['kind']}") if head else "an entry"
    return clean_line(name, _KEY_LIMIT)


def _fields(source: Iterable[tuple[str, str]], strings: dict[str, str]) -> dict[str, str]:
    """Return the values of fields by lower-case name; of several the first counts.

    If the comma after a value is missing, the parser adds the next field to the value.
    """
    fields: dict[str, str] = {}
    for name, value in source:
        if value[:1] == "{" and value.find("}") == len(value) - 1:  # as nearly always
            fields.setdefault(name.strip().lower(), value[1:-1])
            continue
        position = 0
        while name:
            found, position = _value(value, position, strings)
            fields.setdefault(name.strip().lower(), found)
            follows = _NEXT_FIELD.match(value, position)
            name, position = (follows[1], follows.end()) if follows else ("", position)
    return fields


def _value(source: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    """Return the value of braces, quotes, numbers and strings joined by #, and its end."""
    parts: list[str] = []
    room = len(source) + _STRING_LIMIT
    while True:
        position = _after_space(source, position)
        opening = source[position : position + 1]
        if opening in ("{", '"'):
            end = _closing(source, position, opening)
            parts.append(source[position + 1 : end])
            position = end + 1
        elif bare := _BARE.match(source, position):
            parts.append(strings.get(bare[0].lower(), bare[0]))
            position = bare.end()
        else:
            break
        room -= len(parts[-1])
        position = _after_space(source, position)
        if room < 0 or source[position : position + 1] != "#":
            break
        position += 1
    return "".join(parts), position


def _after_space(source: str, position: int) -> int:
    match = _SPACE.match(source, position)
    return match.end() if match else position


def _closing(source: str, opened: int, opening: str) -> int:
    """Return where an open brace or quote closes, or the end of the source."""
    depth = 0
    pattern = _BRACE if opening == "{" else _QUOTE_OR_BRACE
    for match in pattern.finditer(source, opened + 1):
        if match[0] == "{":
            depth += 1
        elif depth == 0:
            return match.start()
        elif match[0] == "}":
            depth -= 1
    return len(source)


def _inherit(
    entry: BibtexEntry, by_key: dict[str, BibtexEntry], done: set[int], depth: int = 0
) -> None:
    """Add the fields that an entry inherits from its parents, after they inherited from theirs."""
    if id(entry) in done or depth > _GENERATIONS:
        return
    done.add(id(entry))
    for field in ("xdata", "crossref"):
        for key in entry.fields.get(field, "").split(","):
            parent = by_key.get(key.strip().lower())
            if parent is None or parent is entry:
                continue
            _inherit(parent, by_key, done, depth + 1)
            for name in _INHERITED:
                if name in parent.fields:
                    entry.fields.setdefault(name, _shortened(parent.fields[name]))
            for name in ("author", "editor"):
                people = parent.fields.get(name, "")
                if len(people) > _PEOPLE_LIMIT:
                    people = people[:_PEOPLE_LIMIT].rpartition(" and ")[0] + " and others"
                if people:
                    entry.fields.setdefault(name, people)
            if field == "crossref" and "title" in parent.fields:
                entry.fields.setdefault("booktitle", _shortened(parent.fields["title"]))


def _shortened(value: str) -> str:
    """Return an inherited value, cut to the limit with an ellipsis."""
    return value if len(value) <= _PARENT_LIMIT else value[: _PARENT_LIMIT - 1] + "…"
