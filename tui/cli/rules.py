"""The command `rules`: what happens to new papers."""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta

from store.errors import LibraryTooNewError, PapersError, QueryError
from store.library import Library
from store.rules.deciding import Contradiction, contradictions, decide
from store.rules.explaining import count_rules
from store.rules.file import RulesFile
from store.rules.rule import Rule, RuleError, make_rule
from store.rules.running import run_on
from store.text.clean import clean_line
from tui.cli.arriving import print_problems
from tui.cli.call import parsed
from tui.cli.console import print_json
from tui.cli.finds import found_ids, read_all
from tui.settings.config import Config
from tui.shared.known_rules import KnownRules, known_rules
from tui.words import count_papers

NO_RULES = "no rules; papers-tui rules add 'title:survey' --then hide makes one"
MONTH = timedelta(days=30)
LIBRARY = "this library"
"""The place of a rule made by command or key."""


def rules(library: Library, options: argparse.Namespace, config: Config) -> int:
    """List rules, or run, add or remove them; wrong rules are printed, and the others run."""
    action = options.action or "list"
    if options.json and action != "list":
        raise QueryError(f"--json is for the list, not for {action}", 0)
    if action == "add":
        return add(library, options.query, options.then, config)
    known = known_rules(library.folder, config)
    if action == "remove":
        return remove(library, options.query, known)
    print_problems(known)
    if action == "apply":
        status = apply(library, known, " ".join(options.query), options.dry_run, config)
    else:
        status = list_rules(library, known, options.json)
    return max(status, RuleError.status if known.problems and action == "list" else 0)


def list_rules(library: Library, known: KnownRules, as_json: bool) -> int:
    """Print the rules in the order they run, with the number of papers each finds."""
    status = read_all(library)
    papers, month = library.papers, (date.today() - MONTH).isoformat()
    decided = decide(known.rules, papers.values(), library.all_marks, date.today())
    against = contradictions(known.rules, decided)
    recent = [sum(papers[each].date >= month for each in ids) for ids in decided.found]
    if as_json:
        print_json(
            [
                {
                    "number": number,
                    "query": rule.text,
                    "then": list(rule.then),
                    "where": rule.where or LIBRARY,
                    "papers": len(ids),
                    "last_month": recent[number - 1],
                    "overridden_by": [
                        each.later + 1 for each in against if each.earlier == number - 1
                    ],
                }
                for number, (rule, ids) in enumerate(
                    zip(known.rules, decided.found, strict=True), 1
                )
            ]
        )
        return status
    if not known.rules:
        print(NO_RULES)
    for number, (rule, ids) in enumerate(zip(known.rules, decided.found, strict=True), 1):
        print(f"{number:>2}  {_words(rule)}")
        counts = f"{count_papers(len(ids))}, {recent[number - 1]:,} of the last 30 days"
        print(f"    {counts}  [{clean_line(rule.where or LIBRARY, 500)}]")
        for line in _warnings(number - 1, rule, len(ids), len(papers), against):
            print(f"    {line}")
    return status


def apply(library: Library, known: KnownRules, query: str, dry_run: bool, config: Config) -> int:
    """Run the rules on the papers that a query finds, or on all."""
    wanted = parsed(query, config.views)
    if library.newer:
        raise LibraryTooNewError(library.newer)
    if not known.rules:
        print(NO_RULES)
        return 0
    status = read_all(library)
    # Hidden papers are included: a rule may show them again.
    among = None if wanted.tree is None else found_ids(library, wanted)
    decided, action = run_on(library, known.rules, among, date.today())
    if dry_run:
        library.revert()
        for number, (rule, ids) in enumerate(zip(known.rules, decided.found, strict=True), 1):
            print(f"{number:>2}  {_words(rule)}: {count_papers(len(ids))}")
        print(f"would change: {count_papers(len(action))}")
        return status
    library.commit()
    if not action.steps:
        print(f"nothing to change with {count_rules(len(known.rules))}")
    else:
        print(f"{action.label}; papers-tui undo undoes it")
    return status


def add(library: Library, query: str, then: list[str], config: Config) -> int:
    """Add a rule for new papers."""
    if library.newer:
        raise LibraryTooNewError(library.newer)
    actions = [word for each in then for word in each.split(",") if word.strip()]
    rule = make_rule(query, actions, views=config.views)
    new = RulesFile(library.folder).add(rule.text, rule.then)
    print(f"{'added' if new else 'there already:'} {_words(rule)}")
    if new:
        print("papers-tui rules apply runs it on the papers in the library")
    return 0


def remove(library: Library, name: str, known: KnownRules) -> int:
    """Remove a rule by its number or query; its effects stay."""
    if library.newer:
        raise LibraryTooNewError(library.newer)
    text = name.strip()
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(known.rules):
        rule = known.rules[int(text) - 1]
        if rule.where:
            raise PapersError(f"rule {text} is in {rule.where}; remove it there")
        text = rule.text
    if not RulesFile(library.folder).remove(text):
        raise PapersError(f"this library has no rule {clean_line(name, 200)!r}")
    print(f"removed {clean_line(text, 500)}; its effects on papers stay")
    return 0


def _words(rule: Rule) -> str:
    """Return a rule in one line."""
    return f"{clean_line(rule.text, 500)} → {', '.join(map(clean_line, rule.then))}"


def _warnings(
    number: int, rule: Rule, found: int, papers: int, against: list[Contradiction]
) -> Iterator[str]:
    """Yield warnings about a rule."""
    if "hide" in rule.then and found == papers > 1:
        yield f"it hides all {papers:,} papers"
    for each in against:
        if each.later == number:
            mine, other = each.what[1], each.what[0]
            yield (
                f"{mine} contradicts {other} of rule {each.earlier + 1} on "
                f"{count_papers(each.papers)}; this one, the later, wins"
            )
