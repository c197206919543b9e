"""What a query asks for, according to its tree."""

from store.query.meaning import field_needle, needle
from store.query.tree import And, Field, Node, Not, Or, Phrase, Word


def has_text(node: Node) -> bool:
    """Return whether the result has a rank: by words that are not excluded, or by a ranking
    field."""
    match node:
        case Word() | Phrase():
            return True
        case Field(name="about" | "like"):
            return True
        case And(children=children) | Or(children=children):
            return any(map(has_text, children))
        case _:
            return False


def has_ranks(node: Node) -> bool:
    """Return whether a query has a ranking field, `like:` or `about:`."""
    match node:
        case Field(name="about" | "like"):
            return True
        case Not(child=child):
            return has_ranks(child)
        case And(children=children) | Or(children=children):
            return any(map(has_ranks, children))
        case _:
            return False


def tells_hidden(node: Node) -> bool:
    """Return whether a query itself asks about hidden papers."""
    match node:
        case Field(name="is", value="hidden"):
            return True
        case Not(child=child):
            return tells_hidden(child)
        case And(children=children) | Or(children=children):
            return any(map(tells_hidden, children))
        case _:
            return False


def needles(node: Node) -> list[str]:
    """Return what a query looks for in abstracts."""
    match node:
        case Word() | Phrase():
            return [wanted] if (wanted := needle(node)).strip() else []
        case Field(name="abstract"):
            return [wanted] if (wanted := field_needle(node)) else []
        case Not(child=child):
            return needles(child)
        case And(children=children) | Or(children=children):
            return [wanted for child in children for wanted in needles(child)]
        case _:
            return []
