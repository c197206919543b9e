"""Make one paper of two descriptions of it."""

from dataclasses import replace

from store.identity import better_key
from store.model import Links, Paper


def combine(known: Paper, incoming: Paper) -> Paper:
    """Return the paper that is known, with what the incoming description adds.

    The newer version's text wins, of equal versions the incoming one; nothing known is emptied.
    The day listed stays the earliest. The better key becomes the id, the other an alias.
    """
    newer, older = (known, incoming) if known.version > incoming.version else (incoming, known)
    key = better_key(known.id, incoming.id)
    names = dict.fromkeys((known.id, *known.aliases, incoming.id, *incoming.aliases))
    return replace(
        newer,
        id=key,
        title=newer.title or older.title,
        authors=newer.authors or older.authors,
        abstract=newer.abstract or older.abstract,
        summary=newer.summary or older.summary,
        keywords=newer.keywords or older.keywords,
        date=min(filter(None, (known.date, incoming.date)), default=""),
        published=min(filter(None, (known.published, incoming.published)), default=""),
        updated=max(known.updated, incoming.updated),
        categories=newer.categories or older.categories,
        venue=newer.venue or older.venue,
        comment=newer.comment or older.comment,
        links=_combine_links(newer.links, older.links),
        upvotes=known.upvotes if incoming.upvotes is None else incoming.upvotes,
        comments=known.comments if incoming.comments is None else incoming.comments,
        feeds=tuple(dict.fromkeys((*known.feeds, *incoming.feeds))),
        aliases=tuple(name for name in names if name != key),
        version=newer.version,
    )


def _combine_links(first: Links, second: Links) -> Links:
    return Links(
        page=first.page or second.page,
        pdf=first.pdf or second.pdf,
        code=first.code or second.code,
        project=first.project or second.project,
    )
