"""What a query that finds nothing would be without one of its conditions."""

from collections.abc import Iterator

from store.query import Query
from store.tree import And, Node, Not, Or, joined


def relaxations(query: Query, text: str) -> dict[str, Query]:
    """Return the queries with one condition less, by what is left out, as it stands in the text.

    A view is left out as a whole. A query of one condition has none.
    """
    if not isinstance(query.tree, And):
        return {}
    places = [_place(child) for child in query.tree.children]
    without: dict[str, Query] = {}
    for place in dict.fromkeys(places):
        children = zip(query.tree.children, places, strict=True)
        rest = joined(And, [child for child, each in children if each != place])
        start, end, negated = place
        label = ("-" if negated else "") + text[start:end]
        if rest:
            without[label] = Query(rest, sort=query.sort)
    return without


def _place(node: Node) -> tuple[int, int, bool]:
    """Return where in the text a condition stands, and whether it is negated."""
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
