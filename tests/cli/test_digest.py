"""The digest: what counts as new, how the message reads, and that it is told once."""

import errno
import re
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from html import unescape
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import ABSTRACT, OpenLibrary, paper
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT
from terminal import MODERN, OpenTerminal

from store.digest.file import MOST_DIGESTS, DigestFile
from store.digest.items import headline
from store.digest.mail import parse_addresses
from store.digest.message import digest_html, digest_message, digest_text
from store.digest.papers import make_digest, new_entries
from store.digest.settings import DigestSettingsError, read_settings
from store.errors import LibraryBusyError, LibraryDamagedError, PapersError
from store.export.citing import Entry
from store.files.disk import Disk
from store.model import NO_MARKS, Links, Marks, Paper, Votes
from store.query.syntax import parse
from tui.cli.digest import digest

DOCS = ROOT / "docs" / "digest.md"
ME = Address("", addr_spec="me@example.org")
NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)


def day(ago: int) -> str:
    """Return the day so many days ago."""
    return (date.today() - timedelta(days=ago)).isoformat()


def papers(*days: str, start: int = 1) -> list[Paper]:
    """Return papers listed on these days, numbered."""
    return [
        paper(f"arxiv:2508.{n:05}", f"Sorting Pebbles, Part {n}", date=listed)
        for n, listed in enumerate(days, start)
    ]


def entries(*some: Paper, marks: Marks = NO_MARKS) -> list[Entry]:
    """Return papers with the same marks each."""
    return [(each, marks) for each in some]


def text_of(*some: Paper, marks: Marks = NO_MARKS, limit: int = 100, query: str = "") -> str:
    """Return the plain text of a digest."""
    return digest_text(make_digest(entries(*some, marks=marks), limit, query))


def html_of(*some: Paper, marks: Marks = NO_MARKS) -> str:
    """Return the HTML of a digest."""
    return digest_html(make_digest(entries(*some, marks=marks), 100, ""))


def message_of(*some: Paper, query: str = "", to: Sequence[Address] = (ME,)) -> EmailMessage:
    """Return the message of a digest."""
    return digest_message(make_digest(entries(*some), 100, query), ME, to, NOON, "<1@example.org>")


def subject(out: str) -> str:
    """Return the subject of a message that was printed."""
    return str(message_from_string(out, policy=default)["Subject"])


def titles(out: str) -> list[str]:
    """Return the numbers of the papers in a message that was printed, in order."""
    body = message_from_string(out, policy=default).get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return re.findall(r"Part (\d+)", body.get_content())


@pytest.fixture
def add(open_library: OpenLibrary) -> Callable[..., None]:
    """Put papers of some days in the library."""

    def add_papers(*days: str, start: int = 1) -> None:
        open_library().add(papers(*days, start=start), "hf")

    return add_papers


# What is new


def test_first_digest_has_the_last_seven_days(run: Run, add: Callable[..., None]) -> None:
    add(day(0), day(7), day(8))
    assert titles(run("digest", "--mark").out) == ["1", "2"]


def test_next_digest_has_what_came_since(run: Run, add: Callable[..., None]) -> None:
    add(day(0), day(8))
    run("digest", "--mark")
    add(day(0), start=3)
    assert titles(run("digest", "--mark").out) == ["3"]


def test_paper_of_an_old_day_that_is_imported_late_is_reported_once(
    run: Run, add: Callable[..., None]
) -> None:
    add(day(0))
    run("digest", "--mark")
    add("2019-01-01", start=2)
    assert titles(run("digest", "--mark").out) == ["2"]
    assert run("digest", "--mark").out == ""


def test_paper_with_a_better_id_is_not_new(run: Run, open_library: OpenLibrary) -> None:
    known = paper("doi:10.1000/pebbles", date=day(0), aliases=())
    open_library().add([known], "hf")
    run("digest", "--mark")
    open_library().add([paper("arxiv:2508.00009", date=day(0), aliases=(known.id,))], "arxiv")
    assert run("digest", "--mark").out == ""


def test_first_digest_without_news_is_a_beginning(run: Run, add: Callable[..., None]) -> None:
    add("2019-01-01")
    assert run("digest", "--mark").out == ""
    add("2019-01-02", start=2)
    assert titles(run("digest", "--mark").out) == ["2"]


def test_empty_library_is_no_beginning(run: Run, add: Callable[..., None]) -> None:
    run("digest", "--mark")
    add("2019-01-01", day(0))
    assert titles(run("digest", "--mark").out) == ["2"]


def test_nothing_new_is_reported_and_no_error(run: Run, add: Callable[..., None]) -> None:
    ended = run("digest", "--mark")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "papers-tui: nothing new, no digest\n"


def test_query_narrows(run: Run, add: Callable[..., None]) -> None:
    add(day(0), day(0))
    assert titles(run("digest", "--mark", "title:2").out) == ["2"]


def test_each_query_is_a_digest_of_its_own(run: Run, add: Callable[..., None]) -> None:
    add(day(0), day(0))
    run("digest", "--mark")
    assert titles(run("digest", "--mark", "title:2").out) == ["2"]
    assert run("digest", "--mark", "title:2").out == ""


def test_paper_that_a_query_comes_to_find_is_new(run: Run, add: Callable[..., None]) -> None:
    add("2019-01-01", day(0))
    run("mark", "title:2", "--star")
    run("digest", "--mark", "is:starred")
    run("mark", "title:1", "--star")
    assert titles(run("digest", "--mark", "is:starred").out) == ["1"]


def test_day_chosen_tells_again(run: Run, add: Callable[..., None]) -> None:
    add(day(0), day(2))
    run("digest", "--mark")
    assert titles(run("digest", "--mark", "--since", day(1)).out) == ["1"]


def test_day_chosen_leaves_the_rest_new(run: Run, add: Callable[..., None]) -> None:
    add(day(0))
    run("digest", "--mark")
    add(day(1), day(3), start=2)
    run("digest", "--mark", "--since", day(2))
    assert titles(run("digest", "--mark").out) == ["3"]


def test_day_chosen_at_first_without_papers_is_no_beginning(
    run: Run, add: Callable[..., None]
) -> None:
    add(day(1))
    run("digest", "--mark", "--since", "today")
    assert titles(run("digest", "--mark").out) == ["1"]


def test_alias_of_a_paper_that_was_told_of_is_known() -> None:
    found = entries(paper("arxiv:1", aliases=("doi:10.1/a",)), paper("arxiv:2"))
    assert new_entries(found, {"doi:10.1/a"}, "", "") == found[1:]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.dates().map(date.isoformat))),
    st.sets(st.integers(0, 30)),
)
def test_whatever_came_is_reported_exactly_once(
    arrived: list[tuple[int, str]], before: set[int]
) -> None:
    found = entries(*{n: paper(f"arxiv:{n}", date=listed) for n, listed in arrived}.values())
    known = {f"arxiv:{n}" for n in before}
    new = {each.id for each, _ in new_entries(found, known, "", "2025-01-01")}
    assert new == {each.id for each, _ in found} - known
    assert new_entries(found, known | new, "", "2025-01-01") == []


# What is remembered


def test_what_is_printed_counts_only_with_mark(run: Run, add: Callable[..., None]) -> None:
    add(day(1))
    first = run("digest")
    assert (titles(first.out), "--mark" in first.err) == (["1"], True)
    assert titles(run("digest", "--mark").out) == ["1"]
    assert run("digest", "--mark").out == ""


def test_what_is_written_counts(run: Run, add: Callable[..., None], tmp_path: Path) -> None:
    add(day(1))
    run("digest", "-o", tmp_path / "new.eml")
    assert run("digest").out == ""


def test_first_digest_that_is_read_here_is_no_beginning(run: Run, add: Callable[..., None]) -> None:
    add(day(30))
    run("digest")
    add(day(1), start=2)
    assert titles(run("digest", "--mark").out) == ["2"]


@pytest.mark.slow
def test_terminal_gets_plain_text(open_library: OpenLibrary, open_terminal: OpenTerminal) -> None:
    open_library().add([paper("arxiv:2508.00001", "Lamps ★ é", date=day(1))], "hf")
    for _ in range(2):
        terminal = open_terminal(MODERN, "digest")
        assert terminal.leaves() == 0
        assert "Lamps ★ é" in terminal.text
        assert "MIME" not in terminal.written


def test_dry_run_says_how_many_and_remembers_nothing(
    run: Run, add: Callable[..., None], tmp_path: Path
) -> None:
    add(day(0), day(1))
    assert run("digest", "--dry-run").out == "would send 2 new papers, 2 days\n"
    assert not (tmp_path / "library" / "digest.json").exists()


def test_marks_are_left_alone(run: Run, add: Callable[..., None], tmp_path: Path) -> None:
    add(day(0))
    run("mark", "*", "--star")
    before = (tmp_path / "library" / "state.json").read_bytes()
    run("digest", "--mark")
    assert (tmp_path / "library" / "state.json").read_bytes() == before


def test_digest_that_could_not_be_written_is_reported_again(
    run: Run, add: Callable[..., None], tmp_path: Path
) -> None:
    add(day(0))
    assert run("digest", "--mark", "-o", tmp_path / "nowhere" / "new.eml").status == 1
    assert titles(run("digest", "--mark").out) == ["1"]


class FullForState(Disk):
    """A disk that takes a message, but not what is remembered of it."""

    def replace_file(self, path: Path, data: bytes, like: Path | None = None) -> None:
        """Refuse the library's file."""
        if path.name == "digest.json":
            raise OSError(errno.ENOSPC, "No space left on device")
        super().replace_file(path, data)


def test_digest_that_can_not_be_remembered_is_reported(
    add: Callable[..., None], open_library: OpenLibrary, tmp_path: Path
) -> None:
    add(day(0))
    options = Namespace(
        query=[], since=None, to=[], send=False, output=str(tmp_path / "new.eml"), limit=9,
        dry_run=False,
    )  # fmt: skip
    with pytest.raises(PapersError, match=r"new\.eml, but recording that failed"):
        digest(open_library(), parse(""), options, None, FullForState())
    assert (tmp_path / "new.eml").exists()


def test_second_digest_at_a_time_gives_up(
    run: Run, add: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(day(0))
    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", 0.05)
    monkeypatch.setattr("store.files.locks.PATIENT_SECONDS", 0.1)
    with DigestFile(tmp_path / "library").alone():
        ended = run("digest", "--mark")
    assert (ended.status, ended.out) == (LibraryBusyError.status, "")
    assert "which does not release it" in ended.err


def test_file_of_a_later_version_stops_the_digest_before_it_is_reported(
    run: Run, add: Callable[..., None], tmp_path: Path
) -> None:
    add(day(0))
    (tmp_path / "library" / "digest.json").write_text('{"meta":{"library":{"schema":99}}}')
    ended = run("digest", "--mark")
    assert (ended.status, ended.out) == (4, "")


@pytest.mark.parametrize(
    "saved", [{"known": 3, "sent": ""}, {"known": [3], "sent": ""}, {"known": []}]
)
def test_damaged_file_is_reported_and_left_alone(
    run: Run, add: Callable[..., None], tmp_path: Path, saved: dict[str, object]
) -> None:
    add(day(0))
    tables = {"meta": {"library": {"schema": 2}}, "digests": {"": saved}}
    (tmp_path / "library" / "digest.json").write_bytes(orjson.dumps(tables))
    ended = run("digest", "--mark")
    assert (ended.status, ended.out) == (LibraryDamagedError.status, "")
    assert orjson.loads((tmp_path / "library" / "digest.json").read_bytes()) == tables


def test_digests_made_last_are_remembered(tmp_path: Path) -> None:
    file = DigestFile(tmp_path)
    for n in range(MOST_DIGESTS + 2):
        file.remember(f"query {n}", ["arxiv:1"], NOON + timedelta(minutes=n))
    assert [file.known(f"query {n}") is None for n in range(4)] == [True, True, False, False]
    assert file.known(f"query {MOST_DIGESTS + 1}") == frozenset({"arxiv:1"})


# Where it goes


def test_file_is_written_and_said(run: Run, add: Callable[..., None], tmp_path: Path) -> None:
    add(day(0))
    ended = run("digest", "--mark", "-o", tmp_path / "new.eml")
    assert ended.out == f"1 new paper, 1 day: written to {tmp_path / 'new.eml'}\n"
    assert titles((tmp_path / "new.eml").read_text()) == ["1"]


def test_library_is_no_place_for_it(run: Run, add: Callable[..., None], tmp_path: Path) -> None:
    add(day(0))
    assert run("digest", "--mark", "-o", tmp_path / "library" / "state.json").status == 1


def test_recipients_can_be_said(run: Run, add: Callable[..., None]) -> None:
    add(day(0))
    out = run("digest", "--mark", "--to", "Ada <ada@example.org>", "--to", "ben@example.org").out
    assert str(message_from_string(out, policy=default)["To"]) == (
        "Ada <ada@example.org>, ben@example.org"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "someday"], "--since someday: date: takes"),
        (["--since", "2025-01-01..2025-02-01"], "--since 2025-01-01..2025-02-01: one day"),
        (["--to", "nobody"], "--to: 'nobody' is not a mail address"),
        (["--to", "a@example.org\nBcc: b@example.org"], "is not a mail address"),
        (["--send"], "[digest] host: missing"),
        (["--send", "-o", "new.eml"], "not allowed with argument"),
        (["--limit", "0"], "'0' is not a number from 1"),
        (["(pebbles"], "("),
    ],
)
def test_wrong_usage(run: Run, add: Callable[..., None], arguments: list[str], said: str) -> None:
    add(day(0))
    ended = run("digest", "--mark", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err


# How it reads


def test_limit_leaves_out_and_says_so(run: Run, add: Callable[..., None]) -> None:
    add(day(0), day(1), day(2))
    out = run("digest", "--mark", "--limit", 2).out
    assert (subject(out), titles(out)) == ("papers-tui: 3 new papers, 3 days", ["1", "2"])
    assert "And 1 more, which papers-tui shows" in out
    assert run("digest", "--mark").out == ""


def test_days_come_newest_first_and_numbers_go_through() -> None:
    text = text_of(*papers("2025-08-01", "2025-08-03", "2025-08-01"))
    assert re.findall(r"^(?:\w.* \(\d\)| .*Part \d)$", text, re.MULTILINE) == [
        "Sun 3 Aug 2025 (1)",
        "  1. Sorting Pebbles, Part 2",
        "Fri 1 Aug 2025 (2)",
        "  2. Sorting Pebbles, Part 1",
        "  3. Sorting Pebbles, Part 3",
    ]


def test_text_of_a_paper() -> None:
    listed = paper(
        authors=("Ana Lamp", "Bo Stone", "Cy Reed", "Di Marsh"),
        venue="Journal of Pebbles",
        summary="Lamps matter more than models.",
        abstract=ABSTRACT,
        upvotes=52,
        earlier_votes=Votes("2025-07-31", 40, 0),
        links=Links(page="https://example.org/1", code="https://example.org/code"),
    )
    assert text_of(listed, marks=Marks(starred=True, tags=("dpo", "lamps"))) == (
        "1 new paper, 1 day\n"
        "\n"
        "\n"
        "Fri 1 Aug 2025 (1)\n"
        "------------------\n"
        "\n"
        "  1. ★ Sorting Pebbles\n"
        "     Ana Lamp, Bo Stone, Cy Reed and 1 more · Journal of Pebbles · ▲ 52\n"
        "     (+12 since 31 Jul 2025) · #dpo #lamps\n"
        "     Lamps matter more than models.\n"
        "     https://example.org/1\n"
        "     Code: https://example.org/code\n"
    )


def test_query_is_reported() -> None:
    assert text_of(*papers("2025-08-01"), query="is:unread").endswith("Looked for: is:unread\n")
    assert message_of(*papers("2025-08-01"), query="is:unread")["Subject"] == (
        "papers-tui: 1 new paper, 1 day (is:unread)"
    )


@pytest.mark.parametrize(
    ("abstract", "begins"),
    [
        ("Short. All of it.", "Short. All of it."),
        ("First, e.g. lamps. " + "word " * 100, "First, e.g. lamps."),
        ("By A. Lamp et al. in a room. " + "word " * 100, "By A. Lamp et al. in a room."),
        ("One. Two! " + "word " * 100 + "Three.", "One. Two!"),
        ("word " * 100, "word " * 78 + "word…"),
        ("x" * 1_000, "x" * 399 + "…"),
    ],
)
def test_abstract_begins_with_whole_sentences(abstract: str, begins: str) -> None:
    html = html_of(paper(abstract=abstract))
    assert f">{begins}</p>" in html


def test_both_forms_name_the_same_papers() -> None:
    message = message_of(*papers("2025-08-01", "2025-08-02"))
    forms = [part.get_content() for part in message.iter_parts()]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert len({tuple(dict.fromkeys(re.findall(r"Part \d", form))) for form in forms}) == 1


def test_headers() -> None:
    message = message_of(*papers("2025-08-01"))
    assert dict(message.items()) | {"Content-Type": "", "MIME-Version": ""} == {
        "Subject": "papers-tui: 1 new paper, 1 day",
        "From": "me@example.org",
        "To": "me@example.org",
        "Date": "Fri, 01 Aug 2025 12:00:00 +0000",
        "Message-ID": "<1@example.org>",
        "List-Id": "papers-tui digest <digest.papers-tui.localhost>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": "",
        "MIME-Version": "",
    }


def test_page_fetches_nothing_and_has_no_colour() -> None:
    html = html_of(paper(abstract=ABSTRACT, links=Links(page="https://example.org/1")))
    assert not re.search(r"src=|url\(|@import|<(?:link|img|script|style)|#[0-9a-f]{3}", html)
    assert "color: " not in html


def test_html_in_a_title_is_text() -> None:
    html = html_of(paper(title='<img src="x" onerror=alert(1)> & "lamps"'))
    assert "<img" not in html
    assert "&lt;img src=&quot;x&quot; onerror=alert(1)&gt; &amp; &quot;lamps&quot;" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://a/b"])
def test_only_web_addresses_are_links(address: str) -> None:
    links = Links(page=address, pdf=address, code=address, project=address)
    hostile = paper("sha:1", links=links)
    assert address not in html_of(hostile) + text_of(hostile)


@settings(max_examples=settings().max_examples // 4)
@given(st.text(), st.text(), st.text())
def test_no_text_gets_into_the_headers_or_the_markup(title: str, tag: str, query: str) -> None:
    listed = (paper(title=title, abstract=title, authors=(title,), venue=title), Marks(tags=(tag,)))
    made = make_digest([listed], 10, query)
    message = digest_message(made, ME, [ME], NOON, "<1@example.org>")
    sent = message.as_bytes()
    assert sent.isascii()
    assert max(map(len, sent.splitlines())) < 200
    assert message_from_string(sent.decode(), policy=default).keys() == message.keys()
    html = digest_html(made)
    assert set(re.findall(r"<(\w+)", html)) <= {
        "html", "head", "meta", "title", "body", "h1", "h2", "p", "a",
    }  # fmt: skip
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", unescape(html) + digest_text(made))


def test_ten_thousand_papers_are_counted(open_library: OpenLibrary) -> None:
    made = make_digest(entries(*papers(*["2025-08-01"] * 10_000)), 100, "")
    assert (headline(made), made.left_out) == ("10,000 new papers, 1 day", 9_900)


# Who gets it


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("me@example.org", ["me@example.org"]),
        ("a@b, c.d+e@localhost", ["a@b", "c.d+e@localhost"]),
        ("Ada L. <ada@example.org>", ['"Ada L." <ada@example.org>']),
        ('"Zoë" <zoe@example.org>', ["Zoë <zoe@example.org>"]),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert [str(address) for address in parse_addresses(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "", "me", "me@", "@example.org", "a@b@c", "a b@example.org", "me@example.org,",
        "me@-example.org", ".me@example.org", "m..e@example.org", "a@b\r\nBcc: c@d",
        "A\nB <a@b>", "<a@b", "a@b>", "a@" + "b" * 64, "a" * 251 + "@b.c", "zoë@example.org",
    ],
)  # fmt: skip
def test_text_that_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="is not a mail address"):
        parse_addresses(text)


@given(st.text())
def test_no_text_makes_an_address_of_several_lines(text: str) -> None:
    try:
        found = parse_addresses(text)
    except ValueError:
        return
    message = message_of(*papers("2025-08-01"), to=found)
    read = message_from_string(message.as_string(), policy=default)
    assert read.keys() == message.keys()
    assert [each.addr_spec for each in read["To"].addresses] == [each.addr_spec for each in found]


WRONG = {
    "no table": ("me@example.org", "digest takes options"),
    "password": ({"password": "secret"}, "[digest] password: a password does not belong"),
    "unknown": (
        {"hots": "x"},
        "hots: there is no such option; did you mean host? known: to, from",
    ),
    "number": ({"to": 3}, "[digest] to: it takes a text"),
    "empty": ({"to": ""}, "[digest] to: it takes a text"),
    "spaces": ({"user": "me", "password_command": " "}, "[digest] password_command: it takes a"),
    "lines": ({"host": "a\nb"}, "[digest] host: it takes a text"),
    "no address": ({"to": "me"}, "[digest] to: 'me' is not a mail address"),
    "two senders": ({"from": "a@b, c@d"}, "[digest] from: it takes one address"),
    "host": ({"host": "smtp.example.org:587"}, "[digest] host: it takes the name of a server"),
    "long host": ({"host": "a" * 64}, "[digest] host: it takes the name"),
    "port": ({"port": "587"}, "[digest] port: it takes a number"),
    "great port": ({"port": 65_536}, "[digest] port: it takes a number"),
    "true port": ({"port": True}, "[digest] port: it takes a number"),
    "security": ({"security": "ssl"}, "[digest] security: it is one of starttls, tls, none"),
    "user alone": ({"user": "me"}, "[digest] password_env: missing"),
    "password alone": ({"password_env": "A"}, "[digest] user: missing"),
    "two passwords": (
        {"user": "me", "password_env": "A", "password_command": "b"},
        "[digest] password_command: password_env is set too",
    ),
    "open quote": (
        {"user": "me", "password_command": "pass 'mail"},
        "[digest] password_command: No closing quotation",
    ),
    "password in the clear": (
        {"host": "smtp.example.org", "security": "none", "user": "me", "password_env": "A"},
        '[digest] security: "none" would send the password to smtp.example.org',
    ),
}
"""What is in the table, and what is said of it."""


@pytest.mark.parametrize(("table", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_name_the_option(table: object, said: str) -> None:
    with pytest.raises(DigestSettingsError, match=re.escape(said)):
        read_settings(table)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_password_may_stay_on_this_machine_in_the_clear(host: str) -> None:
    table = {"host": host, "security": "none", "user": "me", "password_env": "A"}
    assert str(read_settings(table).server) == f"{host}:25"


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_port_follows_from_the_security(security: str, port: int) -> None:
    server = read_settings({"host": "smtp.example.org", "security": security}).server
    assert server
    assert server.port == port


def test_wrong_settings_are_reported_with_their_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers.toml").write_text('[digest]\npassword = "secret"\n')
    ended = run("list", "--config", tmp_path / "papers.toml")
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert ended.err.startswith(f"papers-tui: {tmp_path}/papers.toml, line 2: [digest] password: ")


# Its documentation


def test_commands_in_the_documentation_are_understood(run: Run, add: Callable[..., None]) -> None:
    text = DOCS.read_text()
    commands = re.findall(r"papers-tui (digest[^#\n>|]*)", text)
    options = {option for command in commands for option in re.findall(r"--\w[\w-]*|-o", command)}
    known = run("digest", "--help").out
    assert options
    assert [option for option in options if option not in known] == []


def test_every_option_is_in_the_documentation(run: Run) -> None:
    known = set(re.findall(r"--\w[\w-]*", run("digest", "--help").out))
    text = DOCS.read_text()
    assert [option for option in known if option not in text] == []


def test_settings_in_the_documentation_are_right() -> None:
    import tomllib

    blocks = re.findall(r"```toml\n(.*?)```", DOCS.read_text(), re.DOTALL)
    read = [read_settings(tomllib.loads(block)["digest"]) for block in blocks]
    assert [bool(settings.server) for settings in read] == [True] * len(blocks) != []
