"""All rules: those of the settings, then those made by command or key."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from store.rules.file import RulesFile
from store.rules.rule import MOST_RULES, Rule, RuleError, make_rule
from store.text.clean import clean_line
from tui.settings.config import Config

_OPTIONS = ("query", "then")


@dataclass(frozen=True, slots=True)
class KnownRules:
    """Rules in the order they run, and problems of others."""

    rules: tuple[Rule, ...] = ()
    problems: tuple[str, ...] = ()


def known_rules(folder: Path, config: Config, views: Mapping[str, str] | None = None) -> KnownRules:
    """Return the rules of the settings and of a library; LibraryError if the latter can't be read.

    A wrong rule becomes a problem that names its place; the others run. `views` are those that
    `view:` may name, if there are more than the settings have.
    """
    views = config.views if views is None else views
    given = [(entry.options, entry.where) for entry in config.rules]
    given += [
        ({"query": query, "then": list(then)}, "")
        for query, then in RulesFile(folder).read().items()
    ]
    rules: list[Rule] = []
    problems: list[str] = []
    for options, where in given:
        try:
            if unknown := [name for name in options if name not in _OPTIONS]:
                known = " and ".join(_OPTIONS)
                raise RuleError(f"a rule has no {clean_line(unknown[0], 40)}, only {known}")
            rule = make_rule(options.get("query"), options.get("then"), where, views)
        except RuleError as error:
            text = clean_line(str(options.get("query", "")), 60)
            problems.append(f"{where or f'the rule {text!r} of this library'}: {error}")
            continue
        if len(rules) == MOST_RULES:
            place = where or f"the rule {rule.text!r}"
            problems.append(f"{place}: not run, like all that follow: more than {MOST_RULES} rules")
            break
        rules.append(rule)
    return KnownRules(tuple(rules), tuple(problems))
