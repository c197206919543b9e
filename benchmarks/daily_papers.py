"""Read a file of real daily papers.

It is gzipped and holds one JSON object a line with the keys day, id (at arXiv), title, summary,
authors, publishedAt, upvotes, numComments, ai_summary, ai_keywords, githubRepo and projectPage.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.clean import AUTHORS_LIMIT, NAME_LIMIT, clean_line, clean_text
from store.model import Links, Paper


def read_days(path: Path) -> Iterator[Paper]:
    """Yield the papers of a file of days, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield to_paper(json.loads(line))


def to_paper(record: dict[str, Any]) -> Paper:
    """Return one line's paper, with harmless text."""
    identifier = clean_line(record["id"], NAME_LIMIT)
    return Paper(
        id=f"arxiv:{identifier}",
        title=clean_line(record["title"]),
        authors=_names(record["authors"]),
        abstract=_unfolded(record["summary"]),
        summary=clean_line(record["ai_summary"] or ""),
        keywords=_names(record["ai_keywords"]),
        date=record["day"],
        published=(record["publishedAt"] or "")[:10],
        links=Links(
            page=f"https://huggingface.co/papers/{identifier}",
            pdf=f"https://arxiv.org/pdf/{identifier}",
            code=clean_line(record["githubRepo"] or ""),
            project=clean_line(record["projectPage"] or ""),
        ),
        upvotes=record["upvotes"],
        comments=record["numComments"],
    )


def _unfolded(text: str | None) -> str:
    """Return cleaned text with the lines of each paragraph joined."""
    paragraphs = clean_text(text or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs).strip()


def _names(names: list[str] | None) -> tuple[str, ...]:
    """Return cleaned names, as many as fit the limit on all of them together."""
    kept: list[str] = []
    room = AUTHORS_LIMIT
    for name in names or ():
        cleaned = clean_line(name, NAME_LIMIT)
        room -= len(cleaned)
        if room < 0:
            break
        if cleaned:
            kept.append(cleaned)
    return tuple(kept)
