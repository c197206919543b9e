"""Answers of arXiv and Hugging Face about papers that are watched, as the services write them."""

import orjson

SNAIL = "2508.00001"


def atom(*entries: str) -> bytes:
    """Return an answer of arXiv's API."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<id>https://arxiv.org/api/x</id>{''.join(entries)}</feed>"
    ).encode()


def entry(number: str = SNAIL, version: int = 1, title: str = "Snails", extra: str = "") -> str:
    """Return a paper in it; `extra` is what else arXiv knows."""
    return (
        f"<entry><id>http://arxiv.org/abs/{number}v{version}</id><title>{title}</title>"
        "<published>2025-07-30T12:00:00Z</published><updated>2025-08-01T12:00:00Z</updated>"
        f"<summary>They are slow.</summary>{extra}<author><name>Jo Doe</name></author></entry>"
    )


def doi(name: str, journal: str = "") -> str:
    """Return where it was published."""
    known = f"<arxiv:doi>{name}</arxiv:doi>" if name else ""
    return known + (f"<arxiv:journal_ref>{journal}</arxiv:journal_ref>" if journal else "")


def hf_paper(number: str = SNAIL, **said: object) -> bytes:
    """Return a paper in Hugging Face's API."""
    return orjson.dumps({"id": number, "title": "Snails", "upvotes": 3, **said})
