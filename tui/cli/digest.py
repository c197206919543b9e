"""The command `digest`: what is new, printed, written to a file or sent by mail."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from store.digest.file import DigestFile
from store.digest.items import headline
from store.digest.mail import parse_addresses, send
from store.digest.message import digest_message, digest_text
from store.digest.papers import Digest, make_digest, new_entries, new_news
from store.digest.settings import DigestSettings, DigestSettingsError, find_password
from store.errors import LibraryError, LibraryTooNewError, PapersError, QueryError
from store.export.citing import Entry
from store.files.disk import DISK, Disk
from store.library import Library
from store.query.fields import date_range, value_problem
from store.query.syntax import Query
from store.text.clean import clean_line, clean_text
from tui.cli.finds import found
from tui.output_file import target_of, write_file

_NOBODY = Address("papers-tui", "papers-tui", "localhost")
"""The sender of a message that is not sent, if the settings name none."""


@dataclass(frozen=True, slots=True)
class _Delivered:
    """How a message was delivered."""

    words: str
    """The end of a sentence: "sent to me@example.org"."""
    problems: tuple[str, ...] = ()
    """The recipients who did not get it, and why."""


def digest(
    library: Library,
    query: Query,
    options: argparse.Namespace,
    settings: DigestSettings | None,
    disk: Disk = DISK,
) -> int:
    """Print, write or send the papers that are new since the last digest with this query.

    They count as sent once the message is sent or written, and with `--mark` once it is printed. A
    terminal gets only the text. Raises QueryError or DigestSettingsError if options or settings
    make no sense.
    """
    settings = settings or DigestSettings()
    today = date.today()
    since = _first_day(options.since, today)
    to = _recipients(options.to) or settings.to
    sender = settings.sender or next(iter(settings.to), _NOBODY)
    if options.send:
        _check_sending(settings, to, sender)
    target = None if options.output in (None, "-") else target_of(options.output, library.folder)
    entries, status = found(library, query, None)
    digests = DigestFile(library.folder, disk)
    name = clean_line(" ".join(options.query))
    week = date_range("7d", today)[0]
    if options.dry_run:
        known = digests.known(name)
        new = new_entries(entries, known, since, week)
        news = new_news(_starred(library), known, since, week)
        print(f"would send {headline(make_digest(new, options.limit, name, news))}")
        return status
    if library.newer:
        raise LibraryTooNewError(library.newer)
    delivered = None
    try:
        with digests.alone():
            known = digests.known(name)
            new = new_entries(entries, known, since, week)
            news = new_news(_starred(library), known, since, week)
            now = datetime.now().astimezone()
            if new or news:
                made = make_digest(new, options.limit, name, news)
                message_id = make_msgid("papers-tui", sender.domain)
                message = digest_message(made, sender, to, now, message_id)
                if options.send:
                    delivered = _send(message, settings)
                else:
                    delivered = _write(message, target, disk) if target else _print(message, made)
            counts = bool(options.send or target or options.mark)
            if counts and (new or news or (entries and known is None and not since)):
                # News begins with the first digest: what that leaves out is old.
                reported = {paper.id for paper, _ in (entries if known is None else new)}
                old = new_news(_starred(library), None, "0", week) if known is None else news
                digests.remember(
                    name, reported.union(known or (), *(each.keys for each in old)), now
                )
    except LibraryError as error:
        if not delivered:
            raise
        raise PapersError(
            f"the digest was {delivered.words}, but recording that failed, and the next one "
            f"will repeat it: {error}"
        ) from error
    if not delivered:
        print("papers-tui: nothing new, no digest", file=sys.stderr)
        return status
    if not counts:
        print("papers-tui: not counted as sent; use --mark to count it", file=sys.stderr)
    if options.send or target:
        print(f"{headline(made)}: {clean_line(delivered.words)}")
    for problem in delivered.problems:
        print(f"papers-tui: not sent to {clean_line(problem)}", file=sys.stderr)
    return max(status, 1) if delivered.problems else status


def _starred(library: Library) -> Iterator[Entry]:
    """Yield the papers with news."""
    for paper_id, marks in library.all_marks.items():
        if marks.news and (paper := library.papers.get(paper_id)):
            yield paper, marks


def _send(message: EmailMessage, settings: DigestSettings) -> _Delivered:
    assert settings.server  # as was checked
    refused = send(message, settings.server, find_password(settings, os.environ))
    got = [
        address.addr_spec for address in message["To"].addresses if address.addr_spec not in refused
    ]
    problems = tuple(f"{who}: {reason}" for who, reason in refused.items())
    return _Delivered(f"sent to {', '.join(got)}", problems)


def _write(message: EmailMessage, target: Path, disk: Disk) -> _Delivered:
    write_file(target, message.as_bytes(), disk)
    return _Delivered(f"written to {target}")


def _print(message: EmailMessage, digest: Digest) -> _Delivered:
    if sys.stdout.isatty():
        print(clean_text(digest_text(digest)), end="")
    else:
        sys.stdout.buffer.write(message.as_bytes())
    sys.stdout.flush()
    return _Delivered("printed")


def _check_sending(settings: DigestSettings, to: Sequence[Address], sender: Address) -> None:
    """Raise DigestSettingsError if a setting for sending is missing."""
    if not settings.server:
        raise DigestSettingsError(
            "[digest] host: missing from the settings; the server that sends the mail"
        )
    if not to:
        raise DigestSettingsError("[digest] to: missing from the settings; or use --to")
    if sender is _NOBODY:
        raise DigestSettingsError("[digest] from: missing from the settings, and so is to")


def _first_day(text: str | None, today: date) -> str:
    """Return the first day of a query's date, or an empty text; QueryError if it is not a date."""
    if text is None:
        return ""
    value = text.lower()
    problem = "one day is enough" if ".." in value else value_problem("date", value)
    if problem:
        raise QueryError(f"--since {text}: {problem}", 0)
    return date_range(f"{value}..", today)[0]


def _recipients(texts: Sequence[str]) -> tuple[Address, ...]:
    try:
        return tuple(address for text in texts for address in parse_addresses(text))
    except ValueError as error:
        raise QueryError(f"--to: {error}", 0) from error
