"""The two kinds of TinyDB file in a library, and the form papers take in them."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from store.errors import LibraryDamagedError
from store.model import Links, Paper
from store.storage import AtomicStorage


class KeyTable(Table):
    """A table whose document ids are the papers' keys, without a cache of query results.

    TinyDB's own counter of ids overwrites what another instance has inserted meanwhile, and its
    cached results share memory with the documents.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hint says int, its docs any type
    default_query_cache_capacity = 0


class Database(TinyDB):
    """A TinyDB file in AtomicStorage."""

    table_class = KeyTable

    def __init__(self, path: Path, keep_parsed: bool = False) -> None:
        super().__init__(path, storage=AtomicStorage, keep_parsed=keep_parsed)

    @property
    def storage(self) -> AtomicStorage:
        """The storage under this database."""
        storage = super().storage
        assert isinstance(storage, AtomicStorage)
        return storage


def replace_documents(table: Table, documents: dict[str, Any]) -> None:
    """Put documents in a table under their keys, in place of those that are there.

    Two passes over the table however many documents there are (TinyDB's upsert takes two each).
    """
    known = [key for key in documents if table.contains(doc_id=key)]  # type: ignore[arg-type]
    if known:
        table.remove(doc_ids=known)  # type: ignore[arg-type]
    table.insert_multiple(
        Document(document, doc_id=key)  # type: ignore[arg-type]
        for key, document in documents.items()
    )


def read_month(path: Path) -> Iterator[Paper]:
    """Yield the papers of one month's file in their order; LibraryDamagedError if it is none."""
    try:
        for document in Database(path).table("papers"):
            yield _paper(str(document.doc_id), document)
    except (KeyError, TypeError) as error:
        raise LibraryDamagedError(path, "a paper in it lacks its fields") from error


def write_month(path: Path, papers: list[Paper]) -> None:
    """Replace the papers of one month's file, in this order."""
    database = Database(path)
    with database.storage.transaction():
        table = database.table("papers")
        table.truncate()
        table.insert_multiple(
            Document(_document(paper), doc_id=paper.id)  # type: ignore[arg-type]
            for paper in papers
        )


_TUPLES = ("authors", "keywords", "categories", "feeds", "aliases")
_PLAIN = tuple(field.name for field in fields(Paper) if field.name not in (*_TUPLES, "id", "links"))


def _document(paper: Paper) -> dict[str, Any]:
    """Return the document of a paper: its fields but the id, empty ones left out."""
    document: dict[str, Any] = {
        name: value for name in _PLAIN if (value := getattr(paper, name)) not in ("", None)
    }
    document.update({name: list(value) for name in _TUPLES if (value := getattr(paper, name))})
    links = paper.links
    document["links"] = {
        name: link
        for name, link in (
            ("page", links.page),
            ("pdf", links.pdf),
            ("code", links.code),
            ("project", links.project),
        )
        if link
    }
    return document


def _paper(key: str, document: Document) -> Paper:
    get = document.get
    return Paper(
        id=key,
        title=document["title"],
        authors=tuple(get("authors", ())),
        abstract=get("abstract", ""),
        summary=get("summary", ""),
        keywords=tuple(get("keywords", ())),
        date=get("date", ""),
        published=get("published", ""),
        updated=get("updated", ""),
        categories=tuple(get("categories", ())),
        venue=get("venue", ""),
        comment=get("comment", ""),
        links=Links(**get("links", {})),
        upvotes=get("upvotes"),
        comments=get("comments"),
        feeds=tuple(get("feeds", ())),
        aliases=tuple(get("aliases", ())),
        version=get("version", 0),
    )
