"""The two kinds of TinyDB file in a library, and the form papers take in them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from sys import intern
from typing import Any

from tinydb import TinyDB
from tinydb.table import Table

from store.disk import DISK, Disk
from store.model import Links, Paper
from store.storage import SCHEMA, AtomicStorage, Upgrade, schema_of


class KeyTable(Table):
    """A table whose document ids are the papers' keys, without a cache of query results.

    TinyDB's own counter of ids overwrites what another instance has inserted meanwhile, and its
    cached results share memory with the documents.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hint says int, its docs any type
    default_query_cache_capacity = 0

    def replace(self, documents: Mapping[str, Any], gone: Iterable[str] = ()) -> None:
        """Put documents under their keys, in place of those there, and take out those gone."""

        def put(table: dict[str, Any]) -> None:
            for key in gone:
                table.pop(key, None)
            table.update(documents)

        self._update_table(put)

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        # TinyDB makes two new dictionaries here to turn ids into whole numbers and back. With a
        # hundred thousand documents that takes longer than writing the file.
        tables = self._storage.read() or {}
        updater(tables.setdefault(self.name, {}))
        self._storage.write(tables)


class Database(TinyDB):
    """A TinyDB file in AtomicStorage; the options are those of AtomicStorage."""

    table_class = KeyTable

    def __init__(
        self,
        path: Path,
        keep_parsed: bool = False,
        disk: Disk = DISK,
        upgrade: Upgrade | None = None,
    ) -> None:
        super().__init__(
            path, storage=AtomicStorage, keep_parsed=keep_parsed, disk=disk, upgrade=upgrade
        )

    @property
    def storage(self) -> AtomicStorage:
        """The storage under this database."""
        storage = super().storage
        assert isinstance(storage, AtomicStorage)
        return storage

    def keys(self, name: str) -> KeyTable:
        """Return a table."""
        table = self.table(name)
        assert isinstance(table, KeyTable)
        return table


def read_month(path: Path) -> tuple[list[Paper], int]:
    """Return the papers of one month's file in their order, and the layout they are in.

    Raises LibraryDamagedError if it is no such file.
    """
    storage = AtomicStorage(path)
    # Not through a table: it would copy each document for whoever wants to change it.
    tables = storage.read() or {}
    try:
        papers = [to_paper(key, document) for key, document in tables.get("papers", {}).items()]
    except (AttributeError, KeyError, TypeError) as error:
        raise storage.damage("a paper in it lacks its fields") from error
    return papers, schema_of(tables) if tables else SCHEMA


def write_month(path: Path, papers: list[Paper], disk: Disk = DISK) -> None:
    """Replace the papers of one month's file, in this order."""
    database = Database(path, disk=disk)
    with database.storage.transaction():
        database.drop_table("papers")
        database.keys("papers").replace({paper.id: _document(paper) for paper in papers})


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


def to_paper(key: str, document: Mapping[str, Any]) -> Paper:
    """Return the paper of a document; KeyError or TypeError where it is none.

    Names, days and the like, which many papers have in common, are kept in memory once.
    """
    get = document.get
    paper = Paper(
        id=key,
        title=document["title"],
        authors=tuple(map(intern, get("authors", ()))),
        abstract=get("abstract", ""),
        summary=get("summary", ""),
        keywords=tuple(map(intern, get("keywords", ()))),
        date=intern(get("date", "")),
        published=intern(get("published", "")),
        updated=intern(get("updated", "")),
        categories=tuple(map(intern, get("categories", ()))),
        venue=intern(get("venue", "")),
        comment=get("comment", ""),
        links=Links(**get("links", {})),
        upvotes=get("upvotes"),
        comments=get("comments"),
        feeds=_shared(tuple(map(intern, get("feeds", ())))),
        aliases=tuple(get("aliases", ())),
        version=get("version", 0),
    )
    _check(paper)
    return paper


_SHARED: dict[tuple[str, ...], tuple[str, ...]] = {}


def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same names as one tuple for all papers; there are few feeds."""
    return _SHARED.setdefault(names, names)


def _check(paper: Paper) -> None:
    """Raise TypeError where a field of a paper is of another kind than it must be."""
    links = paper.links
    # Joining is the fastest way to find out whether all are text.
    "".join((
        paper.title, paper.abstract, paper.summary, paper.date, paper.published, paper.updated,
        paper.venue, paper.comment, links.page, links.pdf, links.code, links.project,
        *paper.authors, *paper.keywords, *paper.categories, *paper.feeds, *paper.aliases,
    ))  # fmt: skip
    for number in (paper.upvotes, paper.comments, paper.version):
        if number is not None and not isinstance(number, int):
            raise TypeError(f"{number!r} is no number")
