"""Nothing that a terminal would act on is stored or printed, wherever it came from."""

import json
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper

from store.library import Library
from store.model import Change

ID = "arxiv:2508.00001"
HOSTILE = "a\x1b[31m\x9b31m\u202eb\u2066\U000e0041"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")

BIBTEX = f"@article{{x, title={{On Sand}}, url={{https://a.example/{HOSTILE}}}}}\n"
RIS = f"TY  - JOUR\nTI  - On Sand\nUR  - https://a.example/{HOSTILE}\nER  - \n"


@pytest.fixture
def by_hand(library: Library) -> None:
    """A library into which somebody wrote control characters wherever there is text."""
    library.add([paper(authors=("Ada Byron",))], "hf")
    library.mark([ID], Change(starred=True, add_tags=("old",)))
    library.commit()
    month = library.months()[0]
    tables: dict[str, Any] = orjson.loads(month.read_bytes())
    texts = dict.fromkeys(("title", "abstract", "summary", "date", "published", "venue"), HOSTILE)
    tables["papers"][ID] |= texts | {"authors": [HOSTILE], "categories": [HOSTILE], "told": []}
    tables["papers"][ID]["links"] = {"page": f"https://a.example/{HOSTILE}"}
    month.write_bytes(orjson.dumps(tables))
    state = library.folder / "state.json"
    marks: dict[str, Any] = orjson.loads(state.read_bytes())
    cells = marks["marks"][ID]
    cells[f"#{HOSTILE}"] = cells["#old"]
    cells["note"] = [HOSTILE, cells["#old"][1]]
    state.write_bytes(orjson.dumps(marks))


@pytest.mark.parametrize("text", [BIBTEX, RIS], ids=["bibtex", "ris"])
def test_addresses_of_references_are_harmless(
    run: Run, tmp_path: Path, open_library: OpenLibrary, text: str
) -> None:
    feed = tmp_path / "references"
    feed.write_text(text)
    assert run("import", feed).status == 0
    library = open_library()
    library.read_all()
    (kept,) = library.papers.values()
    assert kept.links.page.startswith("https://a.example")
    assert not UNSAFE.search(kept.links.page)


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        ["list", "--format", "{date:%d} {title} {authors} {tags} {note} {url} {venue}"],
        ["show", ID],
        ["show", ID, "--json"],
        ["tags"],
        ["tags", "--json"],
        ["doctor", "--json"],
        *(["export", "--to", form] for form in ("json", "jsonl", "markdown", "bibtex", "ris")),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("by_hand")
def test_what_was_written_by_hand_is_printed_harmless(run: Run, command: list[str]) -> None:
    outcome = run(*command)
    # RIS has lines that end as its definition says.
    assert not UNSAFE.search(outcome.out.replace("\r\n", "\n") + outcome.err)


@pytest.mark.usefixtures("by_hand")
def test_json_keeps_what_it_escapes(run: Run) -> None:
    (listed,) = json.loads(run("list", "--json").out)
    assert (listed["title"], listed["note"]) == (HOSTILE, HOSTILE)


@pytest.mark.parametrize("arguments", [["undo", HOSTILE], ["list", f"--{HOSTILE}"], [HOSTILE]])
def test_wrong_arguments_are_named_harmless(run: Run, arguments: list[str]) -> None:
    outcome = run(*arguments)
    assert outcome.status == 2
    assert not UNSAFE.search(outcome.err)


def test_day_of_a_template_is_harmless(library: Library, run: Run) -> None:
    library.add([paper()], "hf")
    assert not UNSAFE.search(run("list", "--format", f"{{date:%d{HOSTILE}}}").out)
