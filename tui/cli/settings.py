"""The command `config`: the settings in use, where each comes from, and a file to begin with."""

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
"""Variables that say where things are; neither can be set in the file."""

FIRST_FILE = """\
# Settings of papers-tui, in TOML. What begins with # is off and shows the default or an
# example: take the # away to set it. `papers-tui config` shows what holds, and why. Put
# tables, such as [views], after the plain keys.

# The folder through which your machines exchange marks, one that Syncthing, Dropbox or git keeps
# the same everywhere. PAPERS_TUI_SYNC overrides it. Not set: nothing is exchanged.
#sync = "~/Sync/papers"

# Feeds that `papers-tui fetch` and the key R fetch, beside those that `papers-tui feeds add`
# subscribed to on this machine: hf, hf:trending, arxiv:CATEGORY, arxiv?QUERY, biorxiv:SUBJECT,
# dblp:PLACE, or a web address. docs/feeds.md lists them. Not set: none.
#feeds = ["hf", "arxiv:cs.CL"]

# Colours by name, such as "papers-dark", "papers-light" or "nord"; a wrong name lists all. "auto"
# is light or dark as the terminal says. Not set: what was chosen last in the palette, else "auto".
#theme = "auto"

# Whether marks and lines are drawn in ASCII. Not set: where the terminal's encoding has no others.
#ascii = true

# Whether titles take two lines where they need them. Not set: from 130 columns on,
# and below 60 where there are 30 rows.
#two_line_titles = true

# Whether the mouse moves and selects in the reader. With false the terminal is asked for nothing of
# it, and selects text by itself as it does at the shell.
#mouse = true

# The query that the reader opens with where -q gives none, such as "is:unread" or "view:inbox".
# Not set: all papers.
#start = "is:unread"

# What Esc does where nothing else is open: it clears the filter ("clear"), keeps it ("keep"), or
# clears it and leaves the program where there is none ("quit").
#escape_last = "clear"

# Whether n and p mark the paper read that they leave.
#read_on_next = true

# The day from which stars, tags, notes and what was read count for `sort:foryou`, as "2025-08-01":
# what was learned before is forgotten. Not set: all count.
#foryou_since = "2025-08-01"

# Whether s, r and t in the list go on to the next paper.
#advance_after_mark = false

# Seconds that the cursor rests on a paper until it is marked read; with 0 it never is.
#read_on_dwell = 0

# Whether the reader keeps its last screen, titles and all, in the folder for the state of programs,
# to show it at once at the next start.
#keep_screen = true

# What becomes of the new versions that arXiv announces of papers that are out: "show" puts them in
# the list, "hide" leaves out those of papers that you have not got, "unread" makes a paper that you
# have read unread again. None of them is is:new.
#replacements = "show"

# How pictures are shown in whole papers, with the extra papers-tui[images]: "kitty", "sixel",
# "blocks" (in characters) or "off". "auto" is what the terminal can do; over SSH only i shows them.
#images = "auto"

# Queries by name: `view:inbox` stands for the query in the filter and in every command, and
# `papers-tui views` lists them. Not set: none.
#[views]
#inbox = "is:unread date:14d"
#best = "upvotes:>=50 sort:-upvotes"

# What is done with papers when they arrive, a table a rule: those that the query finds are hidden
# ("hide"; the key H shows them), starred, marked read, tagged or scored. docs/rules.md says more;
# `papers-tui rules` lists them with what each finds. Not set: none.
#[[rules]]
#query = "title:survey -author:bengio"
#then = ["hide"]
#
#[[rules]]
#query = "author:\\"y lecun\\""
#then = ["star", "tag:follow", "score:+3"]

# How often the reader fetches by itself while it is open, such as "30m", "1h" or "1d", 10m or more.
# Not set: only R and `papers-tui fetch` do.
#[fetch]
#every = "1h"

# Commands of your own, a table each: a key and a name, and a program with its arguments, in which
# {id}, {title}, {pdf} and the like stand for what a paper has. docs/commands-of-your-own.md says
# more; `papers-tui run` runs them too. Not set: none.
#[[commands]]
#key = "ctrl+s"
#name = "summary"
#run = ["llm", "-s", "Sum up this paper in three sentences."]
#stdin = "markdown"
#on = "paper"
#output = "popup"
#timeout = 300
#shell = false

# Programs that run when papers arrive, get a star or a note: once for all of them, a line of JSON a
# paper on standard input; how many seconds each may take. Not set: none.
#[hooks]
#on_new = ["notify-new-papers"]
#on_star = ["my-archive", "--add"]
#on_note = ["my-notes"]
#timeout = 60

# Whether a fetch also asks, once a day, what became of the papers you starred: new versions,
# publication, withdrawal (arXiv), code, models, data sets, stars (Hugging Face). They learn by that
# which papers you starred. docs/watch.md says more. Not set: nobody is asked.
#[watch]
#starred = true
# A key of Semantic Scholar's, which is then asked how often they are cited. The variable
# SEMANTIC_SCHOLAR_API_KEY does the same, and goes before it. Not set: it is never asked.
#semantic_scholar_key = "abc123"

# Addresses to fetch from in place of Hugging Face and arXiv: feeds, and texts under /papers/ID.md,
# /html/ID and /pdf/ID. HF_ENDPOINT and PAPERS_TUI_ARXIV do the same where nothing is set here.
# Not set: their own.
#[mirrors]
#hf = "https://huggingface.co"
#arxiv = "https://export.arxiv.org"
#biorxiv = "https://api.biorxiv.org"
#doi = "https://doi.org"
#dblp = "https://dblp.org"
#semantic_scholar = "https://api.semanticscholar.org"

# Keys by the id of their action, and a preset to begin with, "vim" or "newsboat": docs/keys.md has
# the ids, and the keys where none are set.
#[keys]
#preset = "vim"
# Letters of other scripts count by their place on the keyboard: "auto" knows Cyrillic and Greek,
# "none" leaves them alone; or the 26 signs that are typed by the keys q to p, a to l, z to m.
#layout = "auto"
#"mark.star" = "X"

# The command that opens an address, with {url} for it (else behind it), and whether it needs the
# terminal for itself; its name tells so of w3m, lynx and their like. Not set: the first that is
# here of $BROWSER, of what the system opens addresses with, and of browsers of text.
#[open]
#browser = "firefox --new-tab {url}"
#terminal = false
# The same for PDFs, with {file}, and for notes (ctrl+e), whose editor has the terminal. Not set:
# what the system opens files with; $VISUAL or $EDITOR.
#pdf = "zathura {file}"
#pdf_terminal = false
#editor = "nvim {file}"

# Where the keys P and D and `papers-tui pdf` keep PDFs, and how a file is called, with the names
# that `list --format` has. Not set: in the folder pdfs of the library, under such names.
#[pdf]
#folder = "~/Papers"
#name = "{published:%Y} {first_author} {title:.80}"

# A folder in which papers with a note or a star have a file each, in Markdown, as for Obsidian,
# Logseq or Emacs, and how a file is called, as above. Not set: notes are in the library alone.
#[notes]
#folder = "~/Notes/papers"
#name = "{title:.100}"

# What the key Z and `papers-tui zotero` put papers into: a collection of Zotero by its name, which
# is made where it is missing; whether with tags and notes; where Zotero is. Not set: in none.
#[zotero]
#collection = "Papers"
#tags = true
#notes = true
#address = "http://127.0.0.1:23119"

# The mail that `papers-tui digest --send` sends: who gets it, who it is from (else the first of
# to), the server, how it is kept secret ("starttls", "tls" or "none") and its port (587, 465 or 25
# after that), the user, and a command that prints the password; password_env names a variable
# that holds it instead. Not set: the digest is printed, not sent.
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
"""What is not shown, by table and option."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it holds."""

    name: str
    value: str
    source: str
    """Where it comes from: option, environment, file or default."""
    place: str = ""
    """Which option, variable or line that is."""


def config(action: str, library: Path, library_named: bool, file: Path | None, json: bool) -> int:
    """Print settings, print where they are, or begin a file of them."""
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
    """Write a file of settings in which nothing is set; PapersError where there is one."""
    if is_there(path) or path.is_symlink():
        raise PapersError(f"{path} is there already, and was left as it is")
    try:
        disk.make_folder(path.parent)
        disk.replace_any_file(path, FIRST_FILE.encode())
    except OSError as error:
        raise PapersError(f"can't write {path}: {error.strerror}") from error
    print(f"wrote {clean_line(str(path), 4_000)}")
    return 0


def settings(library: Path, library_named: bool, file: Path | None) -> Iterator[Setting]:
    """Yield each setting that holds; ConfigError where the file is wrong."""
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
    """Return a value as it is shown; an empty text where there is none."""
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
