"""Papers get into the Zotero that runs, each once, whatever Zotero answers."""

from collections.abc import Callable, Sequence
from pathlib import Path
from stat import S_IMODE

import orjson
import pytest
import rispy
from conftest import paper
from http_helpers import Answering, Reply, Server, cut_off, dripping, redirect, reset, silence
from zotero_server import SERVER_ID, Zotero

from store.export.citing import Entry
from store.model import Links, Marks, Paper, Publication
from store.zotero.api_keys import Keys
from store.zotero.connection import Connection, DeniedError, ZoteroError
from store.zotero.items import is_of, item_of
from store.zotero.sending import Report, Sent, Wishes, send

LAMPS: Entry = (
    paper("arxiv:2508.00001", "Lamps", authors=("Ada van Byron", "Lamp Team")),
    Marks(tags=("light",), note="Read <again>.\n\nTwice."),
)
OWLS: Entry = (paper("arxiv:2508.00002", "Owls"), Marks())
Send = Callable[..., Report]


@pytest.fixture
def zotero(server: Server) -> Zotero:
    """A Zotero of today."""
    return Zotero(server)


@pytest.fixture
def said() -> list[str]:
    """What the user was told meanwhile."""
    return []


@pytest.fixture
def to_zotero(server: Server, tmp_path: Path, said: list[str]) -> Send:
    """Send papers to what answers on the server."""
    (tmp_path / "library").mkdir()

    def sending(
        entries: Sequence[Entry], wishes: Wishes | None = None, seconds: float = 60.0
    ) -> Report:
        keys, sent = Keys(tmp_path / "state" / "keys.json"), Sent(tmp_path / "library")
        with Connection(server.url, seconds) as connection:
            return send(entries, wishes or Wishes(), connection, keys, sent, said.append)

    return sending


def test_paper_becomes_an_item_with_tags_and_a_note(zotero: Zotero, to_zotero: Send) -> None:
    assert to_zotero([LAMPS]).added == [LAMPS[0]]
    item, note = (each["data"] for each in zotero.items)
    assert item["itemType"] == "preprint"
    assert item["creators"] == [
        {"creatorType": "author", "firstName": "Ada", "lastName": "van Byron"},
        {"creatorType": "author", "name": "Lamp Team"},
    ]
    assert (item["DOI"], item["archiveID"]) == ("10.48550/arXiv.2508.00001", "arXiv:2508.00001")
    assert item["tags"] == [{"tag": "light"}]
    assert note["parentItem"] == item["key"]
    assert note["note"] == "<p>Read &lt;again&gt;.</p><p>Twice.</p>"


def test_user_of_zotero_is_asked_once(zotero: Zotero, to_zotero: Send, said: list[str]) -> None:
    to_zotero([LAMPS])
    to_zotero([OWLS])
    assert zotero.asked == 1
    assert said == ["Zotero asks whether papers-tui may write; answer there"]


def test_key_that_is_not_to_be_remembered_is_not_kept(
    zotero: Zotero, to_zotero: Send, tmp_path: Path
) -> None:
    zotero.remembers = False
    to_zotero([LAMPS])
    assert not (tmp_path / "state" / "keys.json").exists()


def test_key_is_for_nobody_else_to_read(zotero: Zotero, to_zotero: Send, tmp_path: Path) -> None:
    to_zotero([LAMPS])
    file = tmp_path / "state" / "keys.json"
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert orjson.loads(file.read_bytes()) == {SERVER_ID: "key1"}


def test_twice_is_once(zotero: Zotero, to_zotero: Send) -> None:
    to_zotero([LAMPS])
    report = to_zotero([LAMPS, OWLS])
    assert (report.there, report.added) == ([LAMPS], [OWLS[0]])
    assert len(zotero.papers) == 2


def test_paper_without_an_id_is_sent_once(zotero: Zotero, to_zotero: Send) -> None:
    nameless = (Paper("sha:1", "Dusk"), Marks())
    to_zotero([nameless])
    assert to_zotero([nameless]).there == [nameless]
    assert len(zotero.papers) == 1


def test_again_is_twice(zotero: Zotero, to_zotero: Send) -> None:
    to_zotero([LAMPS])
    to_zotero([LAMPS], Wishes(again=True))
    assert len(zotero.papers) == 2


def test_collection_is_made_once(zotero: Zotero, to_zotero: Send) -> None:
    zotero.collections += [{"key": f"OTHER{n}", "data": {"name": f"{n}"}} for n in range(150)]
    to_zotero([LAMPS], Wishes("Inbox"))
    to_zotero([OWLS], Wishes("Inbox"))
    assert [each["data"]["name"] for each in zotero.collections[150:]] == ["Inbox"]
    assert [each["collections"] for each in zotero.papers] == [["KEY00150"]] * 2


def test_more_than_fifty_go_in_parts(zotero: Zotero, to_zotero: Send) -> None:
    many = [(paper(f"arxiv:2508.{n:05}", f"Lamp {n}"), Marks()) for n in range(51)]
    assert len(to_zotero(many).added) == len(zotero.papers) == 51


def test_what_is_added_before_the_connection_breaks_is_reported(
    zotero: Zotero, to_zotero: Send
) -> None:
    many = [(paper(f"arxiv:2508.{n:05}", f"Lamp {n}"), Marks()) for n in range(53)]
    to_zotero(many[:1])  # has the key from here on
    zotero.trouble = []
    original = zotero._write

    def second_fails(request, into, name):  # type: ignore[no-untyped-def]
        if into is zotero.items and len(zotero.items) >= 50:
            return Reply(b"busy", 500)
        return original(request, into, name)

    zotero._write = second_fails  # type: ignore[method-assign]
    report = to_zotero(many)
    assert (len(report.added), len(report.failed)) == (50, 2)
    assert report.failed[0][1] == "Zotero answered 500 when given papers: busy"


def test_refused_paper_is_reported_and_the_others_go(zotero: Zotero, to_zotero: Send) -> None:
    zotero.refused = "Lamps"
    report = to_zotero([LAMPS, OWLS])
    assert report.failed == [(LAMPS[0], "no such field")]
    assert report.added == [OWLS[0]]


@pytest.mark.parametrize("status", [401, 412, 428])
def test_key_that_is_spent_is_asked_for_again(zotero: Zotero, to_zotero: Send, status: int) -> None:
    to_zotero([LAMPS])
    zotero.keys.clear()
    zotero.trouble = [Reply(b"{}", status)]
    assert to_zotero([OWLS]).added == [OWLS[0]]
    assert zotero.asked == 2


def test_user_who_says_no_is_obeyed(zotero: Zotero, to_zotero: Send) -> None:
    zotero.allows = False
    with pytest.raises(DeniedError, match="Zotero did not allow it"):
        to_zotero([LAMPS])
    assert zotero.imported == []


def test_requests_that_are_too_many_are_not_repeated(zotero: Zotero, to_zotero: Send) -> None:
    zotero.trouble = [Reply(b"", 429, {"Retry-After": "7"})]
    with pytest.raises(ZoteroError, match="try again in 7 seconds"):
        to_zotero([LAMPS])


@pytest.mark.parametrize(("version", "lets_in"), [(7, True), (10, False)])
def test_older_or_closed_zotero_gets_an_import(
    zotero: Zotero, to_zotero: Send, version: int, lets_in: bool
) -> None:
    zotero.version, zotero.lets_in = version, lets_in
    report = to_zotero([LAMPS])
    assert report.by_import
    (record,) = rispy.loads(zotero.imported[0].decode())
    assert record["doi"] == "10.48550/arXiv.2508.00001"
    assert record["keywords"] == ["light"]
    assert to_zotero([LAMPS]).there == [LAMPS]
    assert len(zotero.imported) == 1


def test_session_that_exists_is_another(zotero: Zotero, to_zotero: Send) -> None:
    zotero.version = 7
    zotero.trouble = [Reply(b'{"error":"SESSION_EXISTS"}', 409)]
    assert to_zotero([LAMPS]).added == [LAMPS[0]]


def test_import_that_is_refused_is_reported_and_not_taken_note_of(
    zotero: Zotero, to_zotero: Send
) -> None:
    zotero.version = 7
    zotero.trouble = [Reply(b"no translator", 400)]
    with pytest.raises(ZoteroError, match="answered 400 to an import: no translator"):
        to_zotero([LAMPS])
    assert to_zotero([LAMPS]).added == [LAMPS[0]]


def test_zotero_that_does_not_run_is_reported(tmp_path: Path) -> None:
    with Connection("http://127.0.0.1:9") as connection:
        keys, sent = Keys(tmp_path / "keys"), Sent(tmp_path)
        with pytest.raises(ZoteroError, match="Zotero is not running here"):
            send([LAMPS], Wishes(), connection, keys, sent, print)


@pytest.mark.parametrize(
    "answer",
    [
        Reply(b"<html>"), Reply(b"{}"), Reply(b"[1, null]", 200), Reply(b"\xff\x1b[2J", 500),
        redirect("http://127.0.0.1:9/"), reset, silence, dripping,
        cut_off(Reply(b"[" * 100)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/users/0/collections", "/api/users/0/items"])
def test_whatever_answers_there_is_an_error_or_a_list(
    zotero: Zotero, to_zotero: Send, server: Server, answer: Answering, path: str
) -> None:
    headers = {"Zotero-Server-ID": "x"}
    if isinstance(answer, Reply):
        answer = Reply(answer.body, answer.status, {**answer.headers, **headers})
    server.says(path, answer)
    problem = ""
    try:
        seconds = 0.2 if answer in (silence, dripping) else 60.0
        report = to_zotero([LAMPS], Wishes("Inbox"), seconds)
        problem = "".join(why for _, why in report.failed)
    except ZoteroError as error:
        problem = str(error)
    assert problem or zotero.papers or zotero.imported
    assert "\x1b" not in problem
    assert "\n" not in problem


def test_recorded_answer_is_understood(zotero: Zotero, to_zotero: Send, shared_data: Path) -> None:
    zotero.trouble = [
        Reply((shared_data / "zotero" / "creation_doc.json").read_bytes()),
        Reply(b'{"success": {}, "failed": {"0": {"code": 413, "message": "too long"}}}'),
    ]
    report = to_zotero([LAMPS])
    assert report.added == [LAMPS[0]]
    assert report.notes_failed == [(LAMPS[0], "too long")]


def test_recorded_items_are_of_other_papers(shared_data: Path) -> None:
    items = orjson.loads((shared_data / "zotero" / "items_doc.json").read_bytes())
    journal = Paper("doi:10.2307/2321200", "Holmes")
    assert sum(is_of(each["data"], journal) for each in items) == 1
    assert not any(is_of(each["data"], LAMPS[0]) for each in items)


@pytest.mark.parametrize(
    ("item", "is_it"),
    [
        ({"DOI": "10.48550/ARXIV.2508.00001"}, True),
        ({"DOI": "https://doi.org/10.48550/arXiv.2508.00001"}, True),
        ({"archiveID": "arXiv:2508.00001"}, True),
        ({"url": "http://arxiv.org/abs/2508.00001v2"}, True),
        ({"extra": "Citation Key: a\narXiv: 2508.00001 [cs]"}, True),
        ({"archiveID": "arXiv:2508.000011"}, False),
        ({"title": "Lamps"}, False),
        ({"DOI": None, "url": 3}, False),
    ],
)
def test_item_is_reported_by_its_ids(item: dict[str, object], is_it: bool) -> None:
    assert is_of(item, LAMPS[0]) is is_it


@pytest.mark.parametrize(
    ("kind", "item_type"),
    [
        ("article", "journalArticle"), ("inproceedings", "conferencePaper"), ("book", "book"),
        ("incollection", "bookSection"), ("phdthesis", "thesis"), ("techreport", "report"),
        ("misc", "document"),
    ],
)  # fmt: skip
def test_kind_of_entry_is_the_type_of_item(kind: str, item_type: str) -> None:
    said = Publication(kind=kind, pages="1–9", publisher="P", volume="2")
    one = Paper("doi:10.1/a", "A", publication=said, links=Links("https://a.example"))
    item = item_of((one, Marks()), [], True)
    assert item["itemType"] == item_type
    assert "10.1/a" in (item.get("DOI", "") + item["extra"] if "extra" in item else item["DOI"])
