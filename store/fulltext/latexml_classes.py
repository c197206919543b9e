"""The meaning of names and classes of LaTeXML's elements for reading a paper."""

from store.fulltext.blocks import Look

SKIPPED_NAMES = frozenset(
    [
        "script",
        "style",
        "nav",
        "header",
        "footer",
        "dialog",
        "button",
        "form",
        "head",
        "template",
        "noscript",
        "iframe",
        "input",
        "textarea",
        "select",
        "meta",
        "link",
    ]
)
"""Elements that are not part of the paper."""
SKIPPED_CLASSES = frozenset(
    [
        "ltx_page_navbar",
        "ltx_page_header",
        "ltx_page_footer",
        "ltx_TOC",
        "infobox",
        "ds-announcement",
        "package-alerts",
        "ltx_listing_data",
        "ltx_author_notes",
        "ltx_rule",
        "ltx_role_refnum",
        "ltx_dates",
        "ltx_pagination",
        "ar5iv-footer",
        "ltx_bib_cited",
        "ltx_note_type",
    ]
)
"""Classes of elements that are page furniture, or repeated elsewhere."""
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "details",
        "div",
        "main",
        "p",
        "section",
        "summary",
        "html",
        "center",
        "dd",
        "dt",
        "li",
        "tbody",
        "td",
        "tr",
        "th",
        "thead",
        "tfoot",
    ]
)
"""Elements that start a new line."""
LOOKS = {
    "b": Look.BOLD, "strong": Look.BOLD, "i": Look.ITALIC, "em": Look.ITALIC, "code": Look.CODE,
    "tt": Look.CODE, "kbd": Look.CODE, "s": Look.STRUCK, "del": Look.STRUCK,
}  # fmt: skip
LOOKS_OF_CLASSES = {
    "ltx_ERROR": Look.CODE, "ltx_font_bold": Look.BOLD, "ltx_font_italic": Look.ITALIC,
    "ltx_emph": Look.ITALIC, "ltx_font_typewriter": Look.CODE, "ltx_font_slanted": Look.ITALIC,
}  # fmt: skip
HEADING_LEVELS = {
    "document": 1, "abstract": 2, "part": 2, "chapter": 2, "section": 2, "appendix": 2,
    "bibliography": 2, "acknowledgements": 2, "index": 2, "glossary": 2, "subsection": 3,
    "subsubsection": 4, "paragraph": 5, "subparagraph": 6,
}  # fmt: skip
"""By the role of a title; other roles run in with the paragraph below."""
