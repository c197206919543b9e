"""Common formats that are not read here, recognised by their beginning.

An error that names the format and says what to do is more useful than "not a feed".
"""

import re

from store.feeds.reading import with_newlines

_MANAGER = "export it as BibTeX, RIS or CSL-JSON instead"

_TEXTS = (
    (r"(?:.*\n){0,60}?cff-version\s*:", "a CITATION.cff file",
     "`cffconvert -f bibtex` makes BibTeX of it"),
    (r"(?:.*\n){0,40}?(?:(?:nep-\w+\s+)?New Economics Papers\b|(?:https?://)?nep\.repec\.org/?\s*$"
     r"|URL:\s*https?://d\.repec\.org/n\?u=)", "mail of RePEc's NEP",
     "its reports are RSS as well, at nep.repec.org"),
    (r"(?:.*\n){0,9}?<\d+>\s*\n(?:Accession Number|Unique Identifier|Record|Title|Authors?)\b",
     "a text export of Ovid", _MANAGER),
    (r"(?:.*\n){0,20}?\s*(?:VN|DB)  - Ovid\b", "a text export of Ovid", _MANAGER),
    (r"(?:.*\n){0,9}?(?:TI|AU|PU|HL|RF|HH)- .*\n(?:.*\n){0,9}?[A-Z]{2}- ", "a record of COPAC",
     _MANAGER),
    (r"(?:.*\n){0,30}?(?:Record.*|DB\s*[-:]\s*|Database\s*[-:]?\s*)\bINSPEC\b",
     "a text export of INSPEC", _MANAGER),
    (r"(?:.*\n){0,3}?(?:FN|PT) (?:ISI|Clarivate|Thomson|[JBSP]\s*\n)",
     "a text export of Web of Science", "export it as BibTeX or RIS instead"),
    (r"(?:.*\n){0,60}?PMID: \d+\b", "PubMed's text for reading",
     "save the results in the format PubMed (.nbib) instead"),
    (r"(?:.*\n){0,9}?<\?xml", "XML with other text before it", "remove that"),
    (r"\\(?:documentclass|begin\{thebibliography\}|bibitem)", "LaTeX", "give the .bib file"),
    (r"(?:Received|Return-Path|Delivered-To|MIME-Version|From|Subject|Date): .*\n(?:.*\n){0,30}?"
     r"(?:From|Subject|To|Date): ", "a mail", "of mails, only arXiv listings are supported"),
    (r"BEGIN:V(?:CALENDAR|CARD)", "a calendar or address card", ""),
    (r"(?:---\s*\n)?references\s*:\s*\n\s*-", "CSL in YAML",
     "`pandoc -t csljson` makes JSON of it"),
    (r"(?:%YAML|---\s*\n)[\s\S]{0,2000}?^[\w-]+\s*:", "YAML", _MANAGER),
    (r"[\w-]{1,60}:\s*\n(?:[ \t]+[\w-]+\s*:.*\n){2}", "YAML", _MANAGER),
    (r"(?:[\"']?[\w ./()-]{1,60}[\"']?\s*[,;\t]\s*){3,}[\"']?[\w ./()-]{1,60}[\"']?\s*\n.*[,;\t]",
     "a table", "export papers as BibTeX, RIS, CSL-JSON or JSON Lines instead"),
)  # fmt: skip
"""Pattern of the beginning, name, advice."""

_ROOTS = {
    "opml": ("a list of subscriptions (OPML)", "`papers-tui feeds add FILE` subscribes to them"),
    "xml": ("EndNote's XML", _MANAGER),
    "records": ("EndNote's or PubMed's XML", _MANAGER),
    "pubmedarticleset": ("PubMed's XML", "save the results in the format PubMed (.nbib) instead"),
    "pubmedarticle": ("PubMed's XML", "save the results in the format PubMed (.nbib) instead"),
    "modscollection": ("MODS", _MANAGER),
    "mods": ("MODS", _MANAGER),
    "collection": ("MARC in XML", _MANAGER),
    "record": ("a library's record in XML", _MANAGER),
    "b:sources": ("Word's list of sources", _MANAGER),
    "sources": ("Word's list of sources", _MANAGER),
    "article": ("an article in JATS", ""),
    "tei": ("TEI", ""),
    "oai-pmh": ("an answer of an OAI-PMH server", "subscribe to its RSS or Atom instead"),
    "doi_records": ("Crossref's XML", "ask api.crossref.org/works/DOI for JSON instead"),
    "crossref_result": ("Crossref's XML", "ask api.crossref.org/works/DOI for JSON instead"),
    "rdf:rdf": ("RDF without a channel", _MANAGER),
    "urlset": ("a site map", ""),
    "bibtex:file": ("BibTeXML", _MANAGER),
}

_OBJECTS = (
    ({"data", "key", "version"}, "Zotero's own JSON", "export it as CSL JSON instead"),
    ({"itemType", "creators"}, "Zotero's own JSON", "export it as CSL JSON instead"),
    ({"collections", "config", "items"}, "Better BibTeX's JSON", "export it as CSL JSON instead"),
    ({"paperId"}, "an answer of Semantic Scholar", "its BibTeX (citationStyles) can be imported"),
    ({"total", "offset", "data"}, "an answer of Semantic Scholar", ""),
    ({"meta", "results"}, "an answer of OpenAlex", ""),
    ({"hits"}, "an answer of INSPIRE or Zenodo", "ask for format=bibtex instead"),
    ({"resultList"}, "an answer of Europe PMC", ""),
    ({"notes", "count"}, "an answer of OpenReview", ""),
    ({"nbformat", "cells"}, "a Jupyter notebook", ""),
    ({"@context"}, "linked data (JSON-LD)", ""),
    ({"config", "items"}, "Better BibTeX's JSON", "export it as Better CSL JSON instead"),
    ({"cff-version"}, "a CITATION.cff file", ""),
    ({"forum", "content"}, "a note of OpenReview", ""),
    ({"attributes", "type"}, "an answer of DataCite", "ask for its BibTeX or CSL-JSON instead"),
    ({"display_name", "authorships"}, "a work of OpenAlex", ""),
)
"""Significant members, name, advice."""


def other_text(text: str) -> str:
    """Return the format of a text and what to do, in words; empty if it is unknown."""
    head = with_newlines(text[:8_000].lstrip("\ufeff \t\r\n"))
    head = re.sub(r"\A(?:#.*\n|\s*\n)+", "", head)
    for pattern, name, advice in _TEXTS:
        if re.match(pattern, head, re.MULTILINE):
            return _in_words(name, advice)
    return ""


def other_markup(root: str) -> str:
    """Return the format of XML with this root and what to do, in words; empty if unknown."""
    name, advice = _ROOTS.get(root.lower(), ("", ""))
    return _in_words(name, advice) if name else ""


def other_json(value: object) -> str:
    """Return the format of a JSON value, or of the first in a list, in words; empty if unknown."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        for members, name, advice in _OBJECTS:
            if first.keys() >= members:
                return _in_words(name, advice)
    return ""


def _in_words(name: str, advice: str) -> str:
    return f"it is {name}" + (f": {advice}" if advice else "")
