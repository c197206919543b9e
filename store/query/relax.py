"""Weaker versions of a query that finds nothing: without one condition, or with only one."""

from store.query.syntax import Query
from store.query.tree import And, Field, Node, Not, Phrase, Word, joined, leaves


def relaxations(query: Query, text: str) -> dict[str, Query]:
    """Return the queries without one condition, by the text of that condition.

    A view counts as one condition. A query with one condition has no weaker version, except a
    phrase: its words then need not be side by side.
    """
    if isinstance(query.tree, Phrase):
        words = [Word(word) for word in query.tree.text.split()]
        tree = joined(And, [*words])
        return {"quotes": Query(tree, sort=query.sort)} if len(words) > 1 else {}
    conditions = _conditions(query, text)
    without: dict[str, Query] = {}
    for label in conditions:
        rest = [node for other, nodes in conditions.items() if other != label for node in nodes]
        if tree := joined(And, [*rest]):
            without[label] = Query(tree, sort=query.sort)
    return without


def parts(query: Query, text: str) -> dict[str, Query]:
    """Return the queries with one condition each, by its text; none for fewer than three."""
    conditions = _conditions(query, text)
    if len(conditions) < 3:
        return {}
    return {
        label: Query(joined(And, [*nodes]), sort=query.sort)
        for label, nodes in conditions.items()
        if not label.startswith("-")
    }


def any_words(query: Query) -> Query | None:
    """Return the query for papers about any of the required words; None for fewer than two.

    The words become the value of `about:`; other conditions stay.
    """
    children = query.tree.children if isinstance(query.tree, And) else (query.tree,)
    texts = [child for child in children if isinstance(child, Word | Phrase)]
    rest = [child for child in children if not isinstance(child, Word | Phrase)]
    words = " ".join(child.text for child in texts).split()
    if len(words) < 2 or query.sort not in ((), ("relevance",)):
        return None
    about = Field("about", " ".join(words), texts[0].start, texts[-1].end, quoted=True)
    return Query(joined(And, [about, *rest]))


def _conditions(query: Query, text: str) -> dict[str, list[Node]]:
    """Return the required conditions, by their text."""
    conditions: dict[str, list[Node]] = {}
    for child in query.tree.children if isinstance(query.tree, And) else ():
        start, end, negated = _place(child)
        label = ("-" if negated else "") + text[start:end]
        conditions.setdefault(label, []).append(child)
    return conditions


def _place(node: Node) -> tuple[int, int, bool]:
    """Return the place of a condition in the text, and whether it is negated."""
    parts = list(leaves(node))
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return start, end, isinstance(node, Not)
