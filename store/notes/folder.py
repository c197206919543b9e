"""Exchange notes with the files of a folder: write the library's, and read changes made there.

Each paper with a note or a star has three texts: the note in the library, the note in the file, and
the one that both had after the last exchange. A side that differs from that has changed. If both
have, the later one counts, and the other is saved in a file of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from errno import EACCES, EDQUOT, EIO, ENOSPC, EPERM, EROFS
from pathlib import Path

from store.errors import LibraryError, PapersError
from store.files.disk import DISK, Disk
from store.files.folders import is_folder, is_there
from store.files.locks import locked
from store.model import Paper
from store.notes.last_exchange import RECORDS, Record, Records, read_records, write_records
from store.notes.note_files import (
    NoteFile,
    NoteFileError,
    files_by_key,
    free_paths,
    make_file,
    read_note_file,
    replace_note_file,
    same_file,
)
from store.notes.note_text import END, begin, digest_of, head_of, properties, written_note
from store.notes.noted import Adopted, Noted, Report, plain_note
from store.text.clean import ABSTRACT_LIMIT

NOTHING_AGREED: Mapping[str, str] = {}
_OF_THE_FOLDER = (EACCES, EPERM, EROFS, ENOSPC, EDQUOT, EIO)
"""System errors for which no other file in the folder could be written either."""


class NotesFolder:
    """The folder with the notes of a library."""

    def __init__(
        self,
        library: Path,
        folder: Path,
        name: Callable[[Paper], str],
        disk: Disk = DISK,
    ) -> None:
        """`name` returns the name for the file of a paper."""
        self.folder = folder
        self._library = library
        self._name = name
        self._disk = disk

    def exchange(
        self,
        papers: Iterable[Noted],
        dry_run: bool = False,
        again: bool = False,
        agreed: Mapping[str, str] = NOTHING_AGREED,
    ) -> Report:
        """Bring the folder up to date; the result has the notes for the caller to save.

        Such a note counts as known to both sides when the next exchange finds it in the library, so
        that it is not lost if saving fails. `agreed`, by paper's id, are notes that the library
        surely had, whatever happened to them since. A file that the user deleted is written `again`
        only on request, or if the note has changed. Raises LibraryError, and PapersError if the
        folder can't be used.
        """
        with nullcontext() if dry_run else locked(self._library / RECORDS):
            records = read_records(self._library)
            if records.folder != str(self.folder):  # those are of another folder
                records = Records(str(self.folder), {})
            self._have_folder(must_be_there=bool(records.papers), dry_run=dry_run)
            run = _Run(self.folder, self._name, self._disk, records, agreed, dry_run, again)
            try:
                for each in papers:
                    run.exchange(each)
            finally:
                now = Records(str(self.folder), run.records)
                if not dry_run and now != records:
                    write_records(self._library, now, self._disk)
        return run.report

    def _have_folder(self, must_be_there: bool, dry_run: bool) -> None:
        try:
            if is_folder(self.folder):
                return
            if is_there(self.folder):
                raise PapersError(f"{self.folder} is a file, not a folder for notes")
        except LibraryError as error:
            raise PapersError(str(error)) from error
        if must_be_there:
            raise PapersError(f"the folder of notes is missing: {self.folder}; is its drive there?")
        try:
            if not dry_run:
                self._disk.make_folder(self.folder)
        except OSError as error:
            raise PapersError(f"can't make the folder {self.folder}: {error.strerror}") from error


class _Run:
    """One exchange, paper by paper."""

    def __init__(
        self,
        folder: Path,
        name: Callable[[Paper], str],
        disk: Disk,
        records: Records,
        agreed: Mapping[str, str],
        dry_run: bool,
        again: bool,
    ) -> None:
        self.report = Report()
        self.records = dict(records.papers)
        self._folder = folder
        self._name = name
        self._disk = disk
        self._agreed = agreed
        self._dry_run = dry_run
        self._again = again
        self._files: dict[str, Path] | None = None
        self._planned: set[Path] = set()

    def exchange(self, noted: Noted) -> None:
        """Exchange the note of one paper; PapersError if no file can be written."""
        paper, note = noted.paper, plain_note(noted.marks.note)
        record = None
        for key in (*paper.aliases, paper.id):  # the record of the id wins
            record = self.records.pop(key, None) or record
        if record:
            self.records[paper.id] = record
        elif not noted.marks.starred and not note:
            return
        try:
            file = self._file_of(paper, record, note)
            if file:
                self._merge(noted, record, file)
            elif noted.marks.starred or note:
                self._make(noted, record)
        except (NoteFileError, LibraryError) as error:  # only of this file
            self._say(str(error))
        except OSError as error:
            if error.errno in _OF_THE_FOLDER:
                raise PapersError(f"can't write in {self._folder}: {error.strerror}") from error
            self._say(f"can't write the note of {paper.id} in {self._folder}: {error.strerror}")

    def _file_of(self, paper: Paper, record: Record | None, note: str) -> NoteFile | None:
        """Return the file of a paper, even if the user renamed it; None if there is none.

        NoteFileError if it exists and can't be used.
        """
        keys = paper.keys
        problem = None
        if record and is_there(path := self._folder / record.file):
            try:
                file = read_note_file(path)
            except NoteFileError as error:
                problem = error
            else:
                if file.block.key in keys:
                    return file
        if record and record.gone and self._stays_gone(record, note):
            return None  # without reading all files each time
        if self._files is None:
            self._files = files_by_key(self._folder, self._say)
        for key in keys:
            if key in self._files:
                return read_note_file(self._files[key])
        if problem:
            raise problem
        return None

    def _merge(self, noted: Noted, record: Record | None, file: NoteFile) -> None:
        """Let the later of both notes be in the file and in the library."""
        paper_id, ours = noted.paper.id, plain_note(noted.marks.note)
        name = str(file.path.relative_to(self._folder))
        theirs = plain_note(file.block.note)
        if len(theirs) > ABSTRACT_LIMIT:
            raise NoteFileError(
                f"{file.path} was not changed: a note can have {ABSTRACT_LIMIT:,} characters; "
                f"this one has {len(theirs):,}"
            )
        base = self._agreed.get(paper_id, record.note if record else None)
        if record:
            self.records[paper_id] = record = replace(record, file=name, gone=False)
        if theirs == ours or _is_ours(base, ours, theirs):
            text = file.text if theirs == ours else file.block.with_note(ours)
        elif ours == base or (base is None and not ours):
            self.report.adopted[paper_id] = Adopted(theirs, noted.marks.note)
            return
        elif _later(file.changed, noted.changed_at):
            self._save_other(file, ours, "the file's note is later")
            self.report.adopted[paper_id] = Adopted(theirs, noted.marks.note)
            return
        else:
            self._save_other(file, file.block.note, "papers-tui's note is later")
            text = file.block.with_note(ours)
        head, wanted = head_of(file.text), properties(noted.paper, noted.marks)
        is_head_ours = bool(head) and (
            head == wanted or bool(record and record.head == digest_of(head))
        )
        if is_head_ours:
            text = wanted + text.removeprefix(head)
        if text != file.text:
            if not self._dry_run:
                replace_note_file(file, text, self._disk)
            self.report.changed.append(file.path)
        self.records[paper_id] = Record(name, ours, digest_of(wanted) if is_head_ours else "")

    def _make(self, noted: Noted, record: Record | None) -> None:
        """Write a new file for a paper, unless the user deleted it and its note is the same."""
        paper, note = noted.paper, plain_note(noted.marks.note)
        if record and self._stays_gone(record, note):
            if not record.gone:
                self._say(
                    f"{self._folder / record.file} is gone; its note stays in the library, and "
                    "papers-tui notes --again makes the file again"
                )
                self.records[paper.id] = replace(record, gone=True)
            return
        head = properties(paper, noted.marks)
        text = f"{head}\n{begin(paper.id)}\n{written_note(note)}{END}\n"
        wanted = self._name(paper)
        if self._dry_run:
            path = next(free_paths(self._folder, wanted, paper.id, self._planned))
            self._planned.add(path)
        else:
            path = make_file(self._folder, wanted, paper.id, text.encode(), self._disk)
        self.report.made.append(path)
        name = str(path.relative_to(self._folder))
        self.records[paper.id] = Record(name, note, digest_of(head))

    def _stays_gone(self, record: Record, note: str) -> bool:
        return record.note == note and not self._again

    def _save_other(self, file: NoteFile, text: str, why: str) -> None:
        """Save the note that lost beside its file, and report it."""
        said = f"{file.path}: the note was changed there and in papers-tui; {why}"
        if not plain_note(text):
            self._say(f"{said}, the other is empty")
            return
        folder, data = file.path.parent, text.strip("\r\n").encode() + b"\n"
        wanted = f"Other version of {file.path.stem}"
        path = same_file(folder, wanted, data)
        if path is None and self._dry_run:
            path = next(free_paths(folder, wanted, wanted, ()))
        elif path is None:
            path = make_file(folder, wanted, wanted, data, self._disk)
        self._say(f"{said}, the other is in {path.name}")

    def _say(self, problem: str) -> None:
        if problem not in self.report.problems:
            self.report.problems.append(problem)


def _is_ours(base: str | None, ours: str, theirs: str) -> bool:
    """Return whether only the library has changed a note; without a base, empty means no note."""
    return theirs == base if base is not None else not theirs


def _later(changed: float, changed_at: str) -> bool:
    """Return whether a file was changed later than a note in the library."""
    return not changed_at or changed > datetime.fromisoformat(changed_at).timestamp()
