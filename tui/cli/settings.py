"""The command `config`: the settings in use, where each comes from, and a file to start from."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from store.errors import PapersError, QueryError
from store.files.disk import DISK, Disk
from store.files.folders import is_there
from store.text.clean import clean_line, clean_text
from tui.cli.json_output import print_json
from tui.settings.config import VARIABLES, ConfigFile, config_path, read_config, read_file

FOLDERS = {"library": "PAPERS_TUI_LIBRARY", "config": "PAPERS_TUI_CONFIG"}
"""Variables for places that can't be set in the file."""

FIRST_FILE = """\
# Settings of papers-tui, in TOML. Lines that begin with # are off and show the default or an
# example: remove the # to set them. `papers-tui config` shows what applies, and why. Put
# tables, such as [views], after the plain keys.

# The folder through which your machines exchange marks: one that Syncthing, Dropbox or git keeps
# the same everywhere. PAPERS_TUI_SYNC overrides it. Default: no exchange.
#sync = "~/Sync/papers"

# Feeds that `papers-tui fetch` and the key R fetch, in addition to those subscribed to with
# `papers-tui feeds add` on this machine: hf, hf:trending, arxiv:CATEGORY, arxiv?QUERY,
# biorxiv:SUBJECT, dblp:PLACE, or a web address. docs/feeds.md lists them. Default: none.
#feeds = ["hf", "arxiv:cs.CL"]

# The theme, such as "papers-dark", "papers-light" or "nord"; a wrong name lists them all. "auto" is
# light or dark like the terminal. Default: the last choice in the palette, else "auto".
#theme = "auto"

# Whether to draw marks and lines in ASCII. Default: only if the terminal's encoding requires it.
#ascii = true

# Whether long titles take two lines. Default: from 130 columns on, and below 60 columns with at
# least 30 rows.
#two_line_titles = true

# Whether the mouse moves and selects in the reader. With false the reader does not use the mouse,
# and the terminal selects text by itself as it does at the shell.
#mouse = true

# The query that the reader opens with, unless -q gives one, such as "is:unread" or "view:inbox".
# Default: all papers.
#start = "is:unread"

# What Esc does when nothing else is open: clear the filter ("clear"), keep it ("keep"), or clear it
# and, when there is none, quit ("quit").
#escape_last = "clear"

# Whether n and p mark the paper they leave as read.
#read_on_next = true

# The day from which stars, tags, notes and read papers count for `sort:foryou`, such as
# "2025-08-01"; it forgets what it learned before. Default: everything counts.
#foryou_since = "2025-08-01"

# Whether s, r and t in the list move on to the next paper.
#advance_after_mark = false

# Seconds until the paper under the cursor is marked read; 0 means never.
#read_on_dwell = 0

# Whether the reader saves its last screen, titles included, in the platform's state folder, to show
# it at once at the next start.
#keep_screen = true

# What to do with new versions of published papers that arXiv announces: "show" puts them in the
# list, "hide" leaves them out unless you have the paper, "unread" also marks a paper you have read
# as unread again. None of them is is:new.
#replacements = "show"

# How to show pictures in full texts, with the extra papers-tui[images]: "kitty", "sixel", "blocks"
# (in characters) or "off". "auto" is the best the terminal can do; over SSH only i shows them.
#images = "auto"

# Queries by name: use `view:inbox` in the filter and in every command; `papers-tui views` lists
# them. Default: none.
#[views]
#inbox = "is:unread date:14d"
#best = "upvotes:>=50 sort:-upvotes"

# What to do with papers when they arrive, one table per rule: hide those that the query finds
# ("hide"; the key H shows them), star, mark read, tag or score them. See docs/rules.md;
# `papers-tui rules` lists them with what each finds. Default: none.
#[[rules]]
#query = "title:survey -author:bengio"
#then = ["hide"]
#
#[[rules]]
#query = "author:\\"y lecun\\""
#then = ["star", "tag:follow", "score:+3"]

# How often the reader fetches by itself while it is open, such as "30m", "1h" or "1d"; at least
# 10m. Default: only R and `papers-tui fetch` do.
#[fetch]
#every = "1h"

# Commands of your own, a table each: a key, a name, and a program with its arguments, in which
# {id}, {title}, {pdf} and so on are values of the paper. See docs/commands-of-your-own.md;
# `papers-tui run` runs them too. Default: none.
#[[commands]]
#key = "ctrl+s"
#name = "summary"
#run = ["llm", "-s", "Sum up this paper in three sentences."]
#stdin = "markdown"
#on = "paper"
#output = "popup"
#timeout = 300
#shell = false

# Programs that run when papers arrive, get a star or a note: once for all of them, with one line of
# JSON per paper on standard input; and the seconds each may take. Default: none.
#[hooks]
#on_new = ["notify-new-papers"]
#on_star = ["my-archive", "--add"]
#on_note = ["my-notes"]
#timeout = 60

# Whether a fetch also looks, once a day, for news of the papers you starred: new versions,
# publication, withdrawal (arXiv), code, models, data sets, stars (Hugging Face). These services
# then learn which papers you starred. See docs/watch.md. Default: no.
#[watch]
#starred = true
# A key for Semantic Scholar, to ask how often they are cited. The variable
# SEMANTIC_SCHOLAR_API_KEY overrides it. Default: none, and no request.
#semantic_scholar_key = "abc123"

# Addresses to fetch from in place of Hugging Face and arXiv: feeds, and texts under /papers/ID.md,
# /html/ID and /pdf/ID. HF_ENDPOINT and PAPERS_TUI_ARXIV do the same if nothing is set here.
# Default: their own.
#[mirrors]
#hf = "https://huggingface.co"
#arxiv = "https://export.arxiv.org"
#biorxiv = "https://api.biorxiv.org"
#doi = "https://doi.org"
#dblp = "https://dblp.org"
#semantic_scholar = "https://api.semanticscholar.org"

# Keys by the id of their action, and a preset to start from, "vim" or "newsboat": docs/keys.md
# has the ids and the default keys.
#[keys]
#preset = "vim"
# How letters of other scripts work, by their place on the keyboard: "auto" knows Cyrillic and
# Greek, "none" ignores them; or give the 26 signs on the keys q to p, a to l, z to m.
#layout = "auto"
#"mark.star" = "X"

# The command that opens an address, in place of {url} or at the end, and whether it needs the
# terminal for itself; w3m, lynx and the like are known to. Default: the first installed one of
# $BROWSER, the system's opener, and text browsers.
#[open]
#browser = "firefox --new-tab {url}"
#terminal = false
# The same for PDFs, with {file}, and for notes (ctrl+e), whose editor gets the terminal. Default:
# the system's opener; $VISUAL or $EDITOR.
#pdf = "zathura {file}"
#pdf_terminal = false
#editor = "nvim {file}"

# Where the keys P and D and `papers-tui pdf` keep PDFs, and the names of the files, with the fields
# of `list --format`. Default: the folder pdfs of the library, and names like this one.
#[pdf]
#folder = "~/Papers"
#name = "{published:%Y} {first_author} {title:.80}"

# A folder with a Markdown file for each paper with a note or a star, for Obsidian, Logseq or Emacs,
# and the names of the files, as above. Default: notes are in the library only.
#[notes]
#folder = "~/Notes/papers"
#name = "{title:.100}"

# Where the key Z and `papers-tui zotero` put papers: the name of a Zotero collection, created if
# missing; whether with tags and notes; the address of Zotero. Default: no collection.
#[zotero]
#collection = "Papers"
#tags = true
#notes = true
#address = "http://127.0.0.1:23119"

# The mail that `papers-tui digest --send` sends: its recipient, its sender (default: the first of
# to), the server, its encryption ("starttls", "tls" or "none") and port (default: 587, 465 or 25,
# by encryption), the user, and a command that prints the password; password_env names a variable
# that holds it instead. Default: the digest is printed, not sent.
#[digest]
#to = "me@example.org"
#from = "papers-tui <me@example.org>"
#host = "smtp.example.org"
#security = "starttls"
#port = 587
#user = "me"
#password_command = "pass show mail"
"""
"""What `config init` writes: every option with its meaning."""


SECRETS = {("watch", "semantic_scholar_key")}
"""Secrets that are not shown, by table and option."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in effect."""

    name: str
    value: str
    source: str
    """Where it comes from: option, environment, file or default."""
    place: str = ""
    """Which option, variable or line that is."""


def config(action: str, library: Path, library_named: bool, file: Path | None, json: bool) -> int:
    """Print the settings, print their place, or write a settings file."""
    if json and action != "show":
        raise QueryError(f"--json is for show, not for {action}", 0)
    if action == "path":
        print(clean_text(str(file or config_path())))
        return 0
    if action == "init":
        return init(file or config_path())
    rows = list(settings(library, library_named, file))
    if json:
        print_json([asdict(row) for row in rows])
    else:
        width = max(len(row.name) for row in rows)
        for row in rows:
            place = f" {row.place}" if row.place else ""
            print(f"{row.name:<{width}}  {row.value or '(none)'}  [{row.source}{place}]")
    known = {*FOLDERS.values(), *VARIABLES.values()}
    for name in sorted(os.environ):
        if name.startswith("PAPERS_TUI_") and name not in known:
            said = f"{clean_line(name)} sets nothing; known: {', '.join(sorted(known))}"
            print(f"papers-tui: {said}", file=sys.stderr)
    return 0


def init(path: Path, disk: Disk = DISK) -> int:
    """Write a settings file in which nothing is set; PapersError if there is one."""
    if is_there(path) or path.is_symlink():
        raise PapersError(f"{path} exists already; not changed")
    try:
        disk.make_folder(path.parent)
        disk.replace_any_file(path, FIRST_FILE.encode())
    except OSError as error:
        raise PapersError(f"can't write {path}: {error.strerror}") from error
    print(f"wrote {clean_line(str(path), 4_000)}")
    return 0


def settings(library: Path, library_named: bool, file: Path | None) -> Iterator[Setting]:
    """Yield each setting in effect; ConfigError if the file is wrong."""
    where = {"library": (library, library_named), "config": (file or config_path(), bool(file))}
    for name, (path, named) in where.items():
        variable = FOLDERS[name]
        if named:
            yield Setting(name, _words(path), "option", f"--{name}")
        elif os.environ.get(variable):
            yield Setting(name, _words(path), "environment", variable)
        else:
            yield Setting(name, _words(path), "default")
    held = read_config(file)
    written = read_file(file)
    for option in fields(held):
        name = option.name
        table = written.options.get(name)
        if os.environ.get(VARIABLES.get(name, "")):
            yield Setting(name, _words(getattr(held, name)), "environment", VARIABLES[name])
        elif isinstance(table, dict) and table:
            for key, value in table.items():
                shown = "(a key)" if value and (name, key) in SECRETS else value
                yield _from_file(written, shown, name, key)
        else:
            yield _from_file(written, getattr(held, name), name)


def _from_file(file: ConfigFile, value: object, *keys: str) -> Setting:
    """Return a setting with the line that sets it, or as a default where the file does not."""
    name = clean_line(".".join(keys))
    given: object = file.options
    for key in keys:
        given = given.get(key) if isinstance(given, Mapping) else None
    if given is None:
        return Setting(name, _words(value), "default")
    line = file.line_of(*keys)
    return Setting(name, _words(value), "file", f"line {line}" if line else "")


def _words(value: object) -> str:
    """Return a value as it is shown; an empty text if there is none."""
    if isinstance(value, bool):
        return str(value).lower()
    text = (
        ", ".join(map(str, value))
        if isinstance(value, tuple | list)
        else str(value)
        if value
        else ""
    )
    return clean_line(text, 4_000)
