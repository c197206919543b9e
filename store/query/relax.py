"""Weaker versions of a query that finds nothing: without one condition, or with only one."""

from collections.abc import Iterator

from store.query.syntax import Query
from store.query.tree import And, Field, Node, Not, Or, Phrase, Word, joined


def relaxations(query: Query, text: str) -> dict[str, Query]:
    """Return the queries with one condition less, by the text of the dropped one.

    A view is dropped as a whole. A query of one condition has none, except a phrase, whose words
    then need not be side by side.
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
    """Return the queries of one condition each, by it; none if there are fewer than three."""
    conditions = _conditions(query, text)
    if len(conditions) < 3:
        return {}
    return {
        label: Query(joined(And, [*nodes]), sort=query.sort)
        for label, nodes in conditions.items()
        if not label.startswith("-")
    }


def any_words(query: Query) -> Query | None:
    """Return the query for any of the required words; None without two.

    Its other conditions stay. The words are the value of its `about:`.
    """
    children = query.tree.children if isinstance(query.tree, And) else (query.tree,)
    texts = [child for child in children if isinstance(child, Word | Phrase)]
    rest = [child for child in children if not isinstance(child, Word | Phrase)]
    words = " ".join(child.text for child in texts).split()
    if len(words) < 2 or query.sort not in ((), ("relevance",)):
        return None
    about = Field("about", " ".join(words), texts[0].start, texts[-1].end, quoted=True)
    return Query(joined(And, [about, *rest]))


def asked(query: Query) -> tuple[Field, ...]:
    """Return the fields of a query that rank their papers, `about:` and `like:`."""
    return tuple(leaf for leaf in _ranking(query.tree) if leaf.name in ("about", "like"))


def _ranking(node: Node | None) -> Iterator[Field]:
    match node:
        case Field():
            yield node
        case And(children=children) | Or(children=children):
            for child in children:
                yield from _ranking(child)


def _conditions(query: Query, text: str) -> dict[str, list[Node]]:
    """Return the required conditions, by their part of the text."""
    conditions: dict[str, list[Node]] = {}
    for child in query.tree.children if isinstance(query.tree, And) else ():
        start, end, negated = _place(child)
        label = ("-" if negated else "") + text[start:end]
        conditions.setdefault(label, []).append(child)
    return conditions


def _place(node: Node) -> tuple[int, int, bool]:
    """Return the place of a condition in the text, and whether it is negated."""
    leaves = list(_leaves(node))
    return min(start for start, _ in leaves), max(end for _, end in leaves), isinstance(node, Not)


def _leaves(node: Node) -> Iterator[tuple[int, int]]:
    match node:
        case Not(child=child):
            yield from _leaves(child)
        case And(children=children) | Or(children=children):
            for child in children:
                yield from _leaves(child)
        case _:
            yield node.start, node.end
