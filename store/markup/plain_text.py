"""Convert markup in texts to plain text: HTML, JATS and publishers' variants of them.

Only sure tags count as tags, so that `$x<y$`, `a<b>c` and a model's `<think>` stay.
"""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

from store.latex.tex_commands import script, wrapped
from store.markup.mathml import mathml_text
from store.markup.page import COMMENT

_DEEPEST = 3
"""Deepest nesting of raised and lowered text."""
MARKUP_LIMIT = 250_000
"""Most characters of markup that are read; an abstract has fewer."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    "p div ul ol li dl dt dd table tr h1 h2 h3 h4 h5 h6 blockquote pre section article header "
    "footer figure figcaption hr main nav aside form fieldset details summary address center "
    "body html head sec title abstract list list-item disp-formula disp-quote"
)
_APART = _names("td th label option caption legend")
"""Elements that are separated from their neighbours, not inside a word."""
_UNSEEN = _names(
    "script style svg button select textarea iframe template annotation annotation-xml"
)
"""Elements that are dropped with their contents."""
_MAY_BE_OPEN = _names("p li dt dd tr td th option")
"""Elements of HTML that need no end tag."""
_VOID = _names("img input source track embed link meta col area base wbr hr br")
_INLINE = _names(
    "a abbr acronym b bdi bdo big canvas cite code data del dfn em font i ins kbd mark meter nobr "
    "noscript object output picture progress q rp rt ruby s samp small span strike strong sub sup "
    "tbody tfoot thead time tt u var video audio map picture "
    "math mrow mi mn mo mtext ms mspace msub msup msubsup mfrac msqrt mroot mover munder "
    "munderover mstyle mtable mtr mtd mfenced mpadded mphantom semantics "
    "bold italic monospace roman sans-serif sc scp inf underline xref ext-link uri named-content "
    "styled-content inline-formula tex-math alternatives email it emph hi"
)
_ELEMENTS = _BLOCKS | _APART | _UNSEEN | _VOID | _INLINE
_SCRIPTS = {"sub": "_", "inf": "_", "sup": "^"}
_OVERLINED = re.compile(
    r"<span[^<>]*text-decoration:\s*overline[^<>]*>([^<>]*)</span>|<ovl>([^<>]*)</ovl>",
    re.IGNORECASE,
)

_COMMENT = re.compile(COMMENT + r"|<!\[CDATA\[|\]\]>|<\?xml[^<>]*>", re.DOTALL)
_TAG = re.compile(
    r"""<(?P<close>/)? (?:(?P<prefix>[A-Za-z]\w{0,10}):)? (?P<name>[A-Za-z][\w-]{0,30})
    (?P<attributes>(?:\s(?:[^<>"']|"[^"<]{0,4000}"|'[^'<]{0,4000}')*)?/?)>""",
    re.VERBOSE,
)
_ATTRIBUTES = re.compile(
    r"""(?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=]+))?)*\s*/?""", re.VERBOSE
)
_SENTENCE_ENDS = (*'.!?:;>)]”"', "")
_SPELT_AMPERSAND = re.compile(r"(?:\{\\&\}|\\&)(?=#?\w{2,8};)")
_SPELT_LESS = re.compile(
    r"\{?\$(?:\\less|\\lt|<)\$\}?|\{<\}|\{\\textless\}|\\textless(?:\{\}|(?![A-Za-z]) ?)"
)
_SPELT_GREATER = re.compile(
    r"\{?\$(?:\\greater|\\gt|>)\$\}?|\{>\}|\{\\textgreater\}"
    r"|\\textgreater(?:\{\}|(?![A-Za-z]) ?)"
)
_TEX_DOCUMENT = re.compile(r"\\documentclass.{0,3000}?\\begin\{document\}|\\end\{document\}", re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES = re.compile(r"\s+")
_HEADING = re.compile(r"\A\s*abstract[.:]?\s*\n\n", re.IGNORECASE)


def markup_text(text: str) -> str:
    r"""Return a text without markup, with entities decoded once.

    TeX stays, but tags and entities written in TeX (`{\textless}i{\textgreater}`, `$\less$`,
    `{\&}amp;`) are read like others. Text without tags keeps its lines.
    """
    if not ("<" in text or "&" in text or "less" in text or r"\lt" in text):
        return text
    if r"\&" in text:
        text = _SPELT_AMPERSAND.sub("&", text)
    read = _without_tags(text)
    decoded = decoded_entities(read)
    # If markup was escaped as a whole, its tags are visible now.
    return _without_tags(decoded) if read == text and decoded != read else decoded


def _without_tags(text: str) -> str:
    """Return a text without tags; unchanged if there are none."""
    if ("\\" in text or "$" in text or "{<}" in text) and _SPELT_LESS.search(text):
        plain = _SPELT_GREATER.sub(">", _SPELT_LESS.sub("<", text))
        read = _without_tags(plain)
        return text if read == plain else read
    if "<" not in text:
        return text
    text = text[:MARKUP_LIMIT]
    uncommented = _OVERLINED.sub(_overlined, _COMMENT.sub("", text))
    tags = _tags(uncommented)
    if not tags:
        return uncommented
    read = _Reader(uncommented, tags).read()
    return _HEADING.sub("", read, count=1)


def _overlined(match: re.Match[str]) -> str:
    return wrapped("overline", match[1] or match[2] or "")


def _tags(text: str) -> list[re.Match[str]]:
    """Return the sure tags: of elements with an end tag, or of kinds that need none."""
    found = list(_TAG.finditer(text))
    opened: dict[str, int] = {}
    closed: dict[str, int] = {}
    for tag in found:
        name = _name(tag)
        if tag["close"]:
            closed[name] = tag.start()
        else:
            opened.setdefault(name, tag.start())
    return [tag for tag in found if _is_tag(tag, text, opened, closed)]


def _is_tag(tag: re.Match[str], text: str, opened: dict[str, int], closed: dict[str, int]) -> bool:
    """Return whether a match is a tag, from the first start and last end of its element."""
    name, attributes = _name(tag), tag["attributes"]
    if tag["close"]:
        return opened.get(name, len(text)) < tag.start() and _is_element(tag)
    if not _ATTRIBUTES.fullmatch(attributes):
        return False
    sure = "=" in attributes or attributes.endswith("/")
    if name in ("br", "hr", "wbr") or (sure and _is_element(tag)) or '="' in attributes:
        return True
    if closed.get(name, -1) > tag.start() and _is_element(tag):
        return True
    # A paragraph without an end tag, but not the <p> of a formula.
    starts = text[max(tag.start() - 40, 0) : tag.start()].rstrip()[-1:] in _SENTENCE_ENDS
    return name in _MAY_BE_OPEN and (starts or opened[name] < tag.start())


def _is_element(tag: re.Match[str]) -> bool:
    name = _name(tag)
    return name in _ELEMENTS or "-" in name or tag["prefix"] is not None


def _name(tag: re.Match[str]) -> str:
    return tag["name"].lower()


class _Reader:
    """Reads a text with known tags from left to right."""

    def __init__(self, text: str, tags: list[re.Match[str]]) -> None:
        self._text = text
        self._tags = tags
        self._has_blocks = any(_name(tag) in _BLOCKS or _name(tag) == "br" for tag in tags)
        self._has_formulas = any(_name(tag) == "math" for tag in tags)
        self._out: list[str] = []
        self._scripts: list[tuple[str, int]] = []
        """The open elements that raise or lower text, and the start of their contents."""

    def read(self) -> str:
        """Return the text without tags."""
        at = 0
        tags = iter(self._tags)
        for tag in tags:
            self._put(self._text[at : tag.start()])
            at = tag.end()
            name = _name(tag)
            unseen = name in _UNSEEN or (name == "tex-math" and self._has_formulas)
            if (unseen or name == "math") and not tag["close"] and not tag[0].endswith("/>"):
                end = next((each for each in tags if _name(each) == name and each["close"]), None)
                at = end.end() if end else len(self._text)
                if name == "math":
                    self._put_formula(self._text[tag.start() : at], self._text[at : at + 1])
            else:
                self._put_tag(name, bool(tag["close"]))
        self._put(self._text[at:])
        return _TEX_DOCUMENT.sub("", "".join(self._out))

    def _put(self, text: str) -> None:
        # Line breaks have no meaning in HTML.
        self._out.append(_SPACES.sub(" ", text) if self._has_blocks else text)

    def _put_tag(self, name: str, closes: bool) -> None:
        if name in _SCRIPTS:
            self._put_script(name, closes)
        elif name in _BLOCKS:
            self._out.append("\n\n")
        elif name == "br":
            self._out.append("\n")
        elif name in _APART:
            self._out.append(" ")

    def _put_script(self, name: str, closes: bool) -> None:
        if not closes:
            self._scripts.append((name, len(self._out)))
        elif self._scripts and self._scripts[-1][0] == name:
            _, start = self._scripts.pop()
            if len(self._scripts) > _DEEPEST:
                return
            content = "".join(self._out[start:]).strip()
            has_words = any(map(str.isalnum, content))
            self._out[start:] = [script(_SCRIPTS[name], content) if has_words else content]

    def _put_formula(self, markup: str, after: str) -> None:
        """Add a formula, with the spaces around it that publishers lose."""
        formula = mathml_text(markup)
        before = self._out[-1][-1:] if self._out else ""
        is_word = formula[:1].isalpha() or formula[:1].isdecimal()
        self._out.append(" " if before.isalpha() and is_word else "")
        self._out.append(formula + (" " if formula[-1:].isalnum() and after.isalpha() else ""))


def decoded_entities(text: str) -> str:
    """Return a text with HTML and XML entities decoded once; a bare & stays."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda match: unescape(match[0]), text)


def markup_of(element: Element) -> str:
    """Return the contents of an element as markup: text, and tags of XHTML without attributes.

    Tags may be nested to any depth. Contents beyond MARKUP_LIMIT are dropped.
    """
    if not len(element):
        return element.text or ""
    pieces = [escape(element.text or "", quote=False)]
    open_elements = [(iter(element), "")]
    length = 0
    while open_elements and length < MARKUP_LIMIT:
        children, end = open_elements[-1]
        child = next(children, None)
        if child is None:
            pieces.append(end)
            open_elements.pop()
            continue
        name = child.tag.rpartition("}")[2]
        pieces.append(f"<{name}>{escape(child.text or '', quote=False)}")
        length += len(pieces[-1])
        tail = escape(child.tail or "", quote=False)
        open_elements.append((iter(child), f"</{name}>{tail}"))
    return "".join(pieces)
