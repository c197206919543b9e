"""Apply rules to papers. Pure: papers and marks in, changes of marks out.

Rules are applied in order, each to the result of those before it: a later rule can ask for the
tags and scores of earlier ones, and it undoes what it contradicts. A score is the sum over the
rules that find a paper now, so applying them again changes nothing. Words are searched exactly,
without corrections: a guess must not hide a paper.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from store.model import NO_MARKS, Change, Marks, Paper
from store.query.syntax import Query
from store.rules.rule import Rule, are_opposite


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of applying rules to papers."""

    changes: Mapping[str, Change]
    """The change of marks of each paper that changes, by its id."""
    found: tuple[tuple[str, ...], ...]
    """For each rule, the ids of the papers that it finds."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two rules with opposite actions on the same papers; the later one wins."""

    earlier: int
    """Its number, counted from 0."""
    later: int
    what: tuple[str, str]
    """The action of each: "hide", "star"."""
    papers: int
    """Number of papers that both find."""


def decide(
    rules: Sequence[Rule],
    papers: Iterable[Paper],
    marks: Mapping[str, Marks],
    today: date,
    among: Collection[str] | None = None,
) -> Decided:
    """Apply rules to papers, or to those with the ids in `among`; return the changes."""
    from store.search.index import Index  # here because most users have no rules

    index = Index(exact=True)
    index.add(papers)
    wanted = set(index.ids if among is None else among)
    now = {paper_id: marks.get(paper_id, NO_MARKS) for paper_id in index.ids}
    # Scores start at 0: a rule that asks for them sees those of the rules before it.
    now |= {each: replace(now[each], score=0) for each in wanted if now[each].score}
    done: dict[str, dict[str, None]] = {}
    found: list[tuple[str, ...]] = []
    for rule in rules:
        query = Query(rule.query.tree)
        ids = tuple(each for each in index.search(query, now, today).ids if each in wanted)
        found.append(ids)
        for paper_id in ids:
            actions = done.setdefault(paper_id, {})
            for action in rule.then:
                for earlier in [each for each in actions if are_opposite(each, action)]:
                    del actions[earlier]
                if not action.startswith("score:"):
                    actions[action] = None
            before = marks.get(paper_id, NO_MARKS)
            score = now[paper_id].score + rule.score
            now[paper_id] = replace(_marked(before, change_of(actions)), score=score)
    scored = {each for each in wanted if marks.get(each, NO_MARKS).score != now[each].score}
    changes = {
        paper_id: replace(
            change_of(done.get(paper_id, ())),
            score=now[paper_id].score if paper_id in scored else None,
        )
        for paper_id in index.ids
        if paper_id in done or paper_id in scored
    }
    return Decided(changes, tuple(found))


def change_of(actions: Iterable[str]) -> Change:
    """Return the change of marks by actions, none of which contradicts another."""
    actions = list(actions)
    return Change(
        read=_either(actions, "read", "unread"),
        starred=_either(actions, "star", "unstar"),
        add_tags=tuple(each[4:] for each in actions if each.startswith("tag:")),
        remove_tags=tuple(each[6:] for each in actions if each.startswith("untag:")),
        hidden=_either(actions, "hide", "show"),
    )


def contradictions(rules: Sequence[Rule], decided: Decided) -> list[Contradiction]:
    """Return the pairs of rules with opposite actions on papers that both find."""
    found = [set(ids) for ids in decided.found]
    return [
        Contradiction(earlier, later, (one, other), both)
        for later in range(len(rules))
        for earlier in range(later)
        for one in rules[earlier].then
        for other in rules[later].then
        if are_opposite(one, other) and (both := len(found[earlier] & found[later]))
    ]


def _either(actions: Collection[str], yes: str, no: str) -> bool | None:
    return True if yes in actions else False if no in actions else None


def _marked(marks: Marks, change: Change) -> Marks:
    """Return marks after a change, as far as queries can ask for them."""
    return replace(
        marks,
        read=marks.read if change.read is None else change.read,
        starred=marks.starred if change.starred is None else change.starred,
        hidden=marks.hidden if change.hidden is None else change.hidden,
        tags=tuple(sorted({*marks.tags, *change.add_tags} - {*change.remove_tags})),
    )
