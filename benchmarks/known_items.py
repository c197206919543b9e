"""Queries for papers that are known to be there, as someone who half remembers would type them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from random import Random
from string import ascii_lowercase

from store.model import Paper
from store.ranking.stems import STOP

EXACT = "three title words"
TYPO = "three title words, one typo"
PREFIX = "two title words and a beginning, one typo"
ABSTRACT = "three words of the abstract"
AUTHOR = "author and title word"
SIDE = "two words of the abstract side by side, and one more"
ROW = "three words of the abstract in a row"
FORM = "three words of the abstract, one in another form"
WRONG = "three words of the abstract, and a wrong one"
MIXED = "a title word and two of the abstract"
KINDS = (EXACT, TYPO, PREFIX, ABSTRACT, AUTHOR, SIDE, ROW, FORM, WRONG, MIXED)
PLACES = (1, 10)
"""Counted is how often the paper is among so many."""

_NOT_WORDS = {"unread", "starred", "not"}
"""Words that mean something else in our query language."""


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query and the one paper that is wanted."""

    query: str
    paper_id: str


def draw_items(papers: Sequence[Paper], kind: str, number: int, seed: int) -> list[KnownItem]:
    """Return so many queries of a kind; the same for the same papers and seed."""
    random = Random(f"{seed} {kind}")
    if kind == WRONG:
        return list(_draw(papers, partial(_with_wrong_word, papers=papers), number, random))
    return list(_draw(papers, _MAKERS[kind], number, random))


def place_name(kind: str, place: int) -> str:
    """Return the name of a kind of query and a place in the answers."""
    return f"{kind}: " + ("first" if place == 1 else f"in the top {place}")


def words_of(text: str, at_least: int) -> list[str]:
    """Return the different words of ASCII letters that are so long, in their order."""
    words = re.findall(r"\w+", text.lower())
    fit = (w for w in words if len(w) >= at_least and w.isascii() and w.isalpha())
    return [word for word in dict.fromkeys(fit) if word not in _NOT_WORDS]


def _draw(
    papers: Sequence[Paper],
    make: Callable[[Paper, Random], str | None],
    number: int,
    random: Random,
) -> Iterator[KnownItem]:
    made = 0
    while made < number:
        paper = random.choice(papers)
        query = make(paper, random)
        if query:  # else its title is too short
            made += 1
            yield KnownItem(query, paper.id)


def _three(text: str, random: Random, at_least: int = 3) -> list[str] | None:
    """Return three words in their order, or None if there are not so many."""
    words = words_of(text, at_least)
    if len(words) < 3:
        return None
    return [words[place] for place in sorted(random.sample(range(len(words)), 3))]


def _exact(paper: Paper, random: Random) -> str | None:
    words = _three(paper.title, random)
    return " ".join(words) if words else None


def _with_typo(paper: Paper, random: Random) -> str | None:
    words = _three(paper.title, random)
    return _misspell(words, range(3), random) if words else None


def _with_beginning(paper: Paper, random: Random) -> str | None:
    words = _three(paper.title, random, at_least=4)
    if not words:
        return None
    words[2] = words[2][: random.randint(3, len(words[2]) - 1)]
    return _misspell(words, range(2), random)


def _of_abstract(paper: Paper, random: Random) -> str | None:
    title = set(words_of(paper.title, 1))
    rest = " ".join(word for word in words_of(paper.abstract, 5) if word not in title)
    words = _three(rest, random, at_least=5)
    return " ".join(words) if words else None


def _outside_title(paper: Paper) -> list[str]:
    """Return the words of an abstract, in their order, that could be typed for it."""
    title = set(words_of(paper.title, 1))
    return [
        word if len(word) >= 4 and word.isascii() and word.isalpha() and not is_dull else ""
        for word in re.findall(r"\w+", paper.abstract.lower())
        for is_dull in [word in title or word in STOP or word in _NOT_WORDS]
    ]


def _side_by_side(paper: Paper, random: Random) -> str | None:
    words = _outside_title(paper)
    pairs = [(one, two) for one, two in pairwise(words) if one and two and one != two]
    if not pairs:
        return None
    pair = random.choice(pairs)
    others = [word for word in dict.fromkeys(words) if word and word not in pair]
    return " ".join([*pair, random.choice(others)]) if others else None


def _in_a_row(paper: Paper, random: Random) -> str | None:
    words: list[str] = re.findall(r"\w+", paper.abstract.lower())
    title = set(words_of(paper.title, 1))
    rows = [
        three
        for three in zip(words, words[1:], words[2:], strict=False)
        if all(len(w) >= 3 and w.isascii() and w.isalpha() and w not in _NOT_WORDS for w in three)
        and not set(three) <= title
    ]
    return " ".join(random.choice(rows)) if rows else None


def _in_another_form(paper: Paper, random: Random) -> str | None:
    query = _of_abstract(paper, random)
    if not query:
        return None
    words, place = query.split(), random.randrange(3)
    word = words[place]
    ending = next((end for end in ("ing", "ed", "s") if word.endswith(end)), "")
    other = word.removesuffix(ending) if ending else f"{word}s"
    there = words_of(f"{paper.title} {paper.abstract}", 1)
    if len(other) < 3 or other in there:
        return None
    return " ".join([*words[:place], other, *words[place + 1 :]])


def _of_both(paper: Paper, random: Random) -> str | None:
    title = words_of(paper.title, 4)
    rest = list(dict.fromkeys(filter(None, _outside_title(paper))))
    if not title or len(rest) < 2:
        return None
    return " ".join([random.choice(title), *random.sample(rest, 2)])


def _with_wrong_word(paper: Paper, random: Random, papers: Sequence[Paper]) -> str | None:
    query = _of_abstract(paper, random)
    other = _outside_title(random.choice(papers))
    own = set(words_of(f"{paper.title} {paper.abstract}", 1))
    wrong = [word for word in other if len(word) >= 5 and word not in own]
    if not query or not wrong:
        return None
    words = [*query.split(), random.choice(wrong)]
    random.shuffle(words)
    return " ".join(words)


def _by_author(paper: Paper, random: Random) -> str | None:
    names = [words[-1] for name in paper.authors if (words := words_of(name, 2))]
    words = words_of(paper.title, 5)
    return f"{random.choice(names)} {random.choice(words)}" if names and words else None


def _misspell(words: list[str], among: range, random: Random) -> str | None:
    """Put a typo anywhere in one of the words that have four letters or more."""
    places = [place for place in among if len(words[place]) >= 4]
    if not places:
        return None
    place = random.choice(places)
    wrong = words[place]
    while wrong == words[place]:
        wrong = _typo(words[place], random)
    return " ".join([*words[:place], wrong, *words[place + 1 :]])


def _typo(word: str, random: Random) -> str:
    """Return the word with a letter replaced, left out, put in, or swapped with the next."""
    at = random.randrange(len(word))
    letter = random.choice(ascii_lowercase)
    return random.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        )
    )


_MAKERS: dict[str, Callable[[Paper, Random], str | None]] = {
    EXACT: _exact,
    TYPO: _with_typo,
    PREFIX: _with_beginning,
    ABSTRACT: _of_abstract,
    AUTHOR: _by_author,
    SIDE: _side_by_side,
    ROW: _in_a_row,
    FORM: _in_another_form,
    MIXED: _of_both,
}
