"""Commands of one's own, from the settings to a real program."""

import os
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper
from places import ROOT
from programs import program
from screen_helpers import PEBBLES, SNAILS

from store.model import Links, Paper

Settings = Callable[[str], None]
HOSTILE = "-rf $(touch gone) `touch gone`; touch gone ' \" \\ {id} \x1b[31m"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Write the settings; what programs write goes into the same folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(tmp_path / "config.toml"))

    def write(text: str) -> None:
        (tmp_path / "config.toml").write_text(text)

    return write


def echo(tmp_path: Path) -> str:
    """Return a program that writes its arguments and its input down, as JSON."""
    path = tmp_path / "echo.py"
    path.write_text(
        "import json, sys\n"
        "print(json.dumps([sys.argv[1:], sys.stdin.read()]), file=open('said', 'a'))\n"
    )
    return f"{sys.executable!r}, {str(path)!r}"


def said(tmp_path: Path) -> list[tuple[list[str], str]]:
    """Return the arguments and the input of each start of that program."""
    starts = map(orjson.loads, (tmp_path / "said").read_text().splitlines())
    return [(arguments, given) for arguments, given in starts]


def test_each_placeholder_is_one_argument(
    filled: OpenLibrary, run: Run, settings: Settings, tmp_path: Path
) -> None:
    settings(
        f"[[commands]]\nname='a'\nrun=[{echo(tmp_path)}, '{{id}}', 'of: {{title}}', '{{{{}}}}']"
    )
    assert run("run", "a", "snails").status == 0
    assert said(tmp_path) == [([SNAILS, "of: Counting Snails in the Rain", "{}"], "")]


def test_hostile_title_runs_nothing(
    open_library: OpenLibrary, run: Run, settings: Settings, tmp_path: Path
) -> None:
    open_library().add([paper(title=HOSTILE)], "hf")
    (tmp_path / "shell.sh").write_text('printf %s "$1" > said-by-shell')
    settings(
        f"[[commands]]\nname='argv'\nrun=[{echo(tmp_path)}, '{{title}}']\n"
        f"[[commands]]\nname='shell'\nshell=true\nrun='sh {tmp_path}/shell.sh {{title}}'"
    )
    assert run("run", "argv", "*").status == 0
    assert run("run", "shell", "*").status == 0
    (((title,), _),) = said(tmp_path)
    assert title.startswith(" -rf $(touch gone)")
    assert (tmp_path / "said-by-shell").read_text().startswith(" -rf $(touch gone)")
    assert not (tmp_path / "gone").exists()


def test_dash_is_left_behind_two_dashes(
    open_library: OpenLibrary, run: Run, settings: Settings, tmp_path: Path
) -> None:
    open_library().add([paper(title="-v")], "hf")
    settings(f"[[commands]]\nname='a'\nrun=[{echo(tmp_path)}, '--', '{{title}}']")
    run("run", "a", "*")
    assert said(tmp_path) == [(["--", "-v"], "")]


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("bibtex", "@"), ("markdown", "# Reading list"), ("json", '{"id":'), ("none", "")],
)
def test_papers_come_on_standard_input(
    filled: OpenLibrary, run: Run, settings: Settings, tmp_path: Path, kind: str, begins: str
) -> None:
    settings(f"[[commands]]\nname='a'\nrun=[{echo(tmp_path)}]\nstdin='{kind}'\non='shown'")
    assert run("run", "a", "date:2025-08-01").status == 0
    ((_, given),) = said(tmp_path)
    assert str(given).startswith(begins)
    assert str(given).count("Puddle") >= (kind != "none")


def test_full_text_is_what_is_kept(
    filled: OpenLibrary, run: Run, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "text.md").write_text("# Pebbles\n\nThey glow.\n\nThey roll.\n")
    program = f"run=[{echo(tmp_path)}, '{{text}}']\nstdin='text'"
    settings(f"[[commands]]\nname='a'\n{program}")
    run("text", PEBBLES, "--file", tmp_path / "text.md")
    done = run("run", "a", "date:2025-08-01")
    assert done.status == 1
    assert f"{SNAILS}: it has no text here; papers-tui text --fetch" in done.err
    (((argument,), given),) = said(tmp_path)
    assert argument == given
    assert "They glow.\n\nThey roll." in given


def test_output_becomes_the_note_below_the_one_there_is(
    filled: OpenLibrary, run: Run, settings: Settings
) -> None:
    settings("[[commands]]\nname='sum up'\nrun=['sh', '-c', 'echo short']\noutput='note'\n")
    run("mark", PEBBLES, "--note", "mine")
    assert run("run", "sum up", f"id:{PEBBLES}").out == "noted 1 paper\n"
    assert filled().marks(PEBBLES).note == "mine\n\nshort"
    assert run("undo").out == "undid: sum up: noted (1 paper)\n"


def test_output_becomes_tags(filled: OpenLibrary, run: Run, settings: Settings) -> None:
    settings("[[commands]]\nname='a'\nrun=['printf', 'lamp, +night owls\\n-old']\noutput='tags'\n")
    run("mark", PEBBLES, "--tag", "old")
    assert run("run", "a", f"id:{PEBBLES}").status == 0
    assert filled().marks(PEBBLES).tags == ("lamp", "night-owls")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("['no-such-program']", "there is no program no-such-program here"),
        ("['sh', '-c', 'echo oh >&2; exit 3']", "ended with status 3: oh"),
        ("['sh', '-c', 'kill -9 $$']", "was killed by a signal"),
        ("['sleep', '60']\ntimeout=0.1", "took over 0.1 s, and was stopped"),
        ("['yes']", "printed more than 1,000,000 characters, and was stopped"),
        ("['/etc']", "does not start: Permission denied"),
    ],
)
def test_what_goes_wrong_is_one_line(
    filled: OpenLibrary, run: Run, settings: Settings, program: str, words: str
) -> None:
    settings(f"[[commands]]\nname='a'\nrun={program}\noutput='note'\n")
    done = run("run", "a", "snails")
    assert (done.status, done.out) == (1, "")
    assert words in done.err
    assert done.err.count("\n") == 1
    assert not filled().marks(SNAILS).note


def test_output_is_without_escapes(filled: OpenLibrary, run: Run, settings: Settings) -> None:
    settings(
        "[[commands]]\nname='a'\n"
        r"run=['printf', '\033[31mred\033[0m \033]0;title\007\033Pq\033\\end\007\n']"
    )
    assert run("run", "a", "snails").out == "red end\ufffd\n"


def test_paper_that_lacks_something_is_left_out(
    open_library: OpenLibrary, run: Run, settings: Settings, tmp_path: Path
) -> None:
    with_pdf = Paper("doi:10.1/a", "A", links=Links(pdf="https://pebbles.example/a.pdf"))
    open_library().add([with_pdf, Paper("doi:10.1/b", "B")], "hf")
    settings(f"[[commands]]\nname='a'\nrun=[{echo(tmp_path)}, '{{pdf}}']")
    done = run("run", "a", "*")
    assert (done.status, done.err) == (1, "papers-tui: doi:10.1/b: it has no pdf\n")
    assert said(tmp_path) == [(["https://pebbles.example/a.pdf"], "")]


def test_all_papers_have_to_be_asked_for(filled: OpenLibrary, run: Run, settings: Settings) -> None:
    settings("[[commands]]\nname='a'\nrun=['touch', 'ran']")
    done = run("run", "a")
    assert (done.status, os.path.exists("ran")) == (2, False)
    assert "papers-tui run a '*'" in done.err


def test_dry_run_prints_what_a_shell_can_run(
    filled: OpenLibrary, run: Run, settings: Settings
) -> None:
    settings("[[commands]]\nname='a'\nrun=['touch', 'ran {title}']")
    assert run("run", "a", "snails", "--dry-run").out == (
        "touch 'ran Counting Snails in the Rain'\n"
    )
    assert not any(Path().glob("ran*"))


def test_commands_are_listed(run: Run, settings: Settings) -> None:
    settings("[[commands]]\nname='a'\nkey='X'\nrun='echo {title}'\n")
    assert run("run").out == "a (X): echo '{title}'\n"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("run=['a']", "line 1: command 1: it needs a name"),
        ("name='a'", "line 1: command a: run takes a program and its arguments"),
        ("name='a'\nrun=[]", "line 3: command a: run takes a program"),
        ("name='a'\nrun=['{title}']", "line 3: command a: run begins with the name of a program"),
        ("name='a'\nrun=['b', '{what}']", "line 3: command a: run: there is no {what}; known: id"),
        ("name='a'\nrun=['b', '{']", "the { at character 1 is unpaired"),
        ("name='a'\nrun='b'\nstdin='xml'", "line 4: command a: stdin takes none, json, bibtex"),
        ("name='a'\nrun='b'\non='all'", "on takes paper, selection or shown"),
        ("name='a'\nrun='b'\noutput='file'", "output takes popup, terminal, message"),
        ("name='a'\nrun='b'\ntimeout=0", "line 4: command a: timeout takes seconds"),
        (
            "name='a'\nrun='b'\nsehll=true",
            "line 4: command a has no option sehll; did you mean shell?",
        ),
        ("name='a'\nrun='b'\n[[commands]]\nname='a'\nrun='c'", "two commands have the name a"),
        (
            "name='a'\nshell=true\nrun='echo \"{title}\"'",
            "line 4: command a: run: {title} is inside quotes; it is quoted already",
        ),
    ],
)
def test_wrong_table_is_refused_with_its_line(
    run: Run, settings: Settings, table: str, words: str
) -> None:
    settings(f"[[commands]]\n{table}\n")
    done = run("run")
    assert done.status == 2
    assert words in done.err


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("s", "line 3: commands: command.a: s is the key of mark.star (Star)"),
        ("ctrl+q", "ctrl+q is the key of the program itself"),
        ("hyper+x", "there is no key hyper+x"),
    ],
)
def test_key_that_is_taken_is_refused_with_its_line(
    run: Run, settings: Settings, key: str, words: str
) -> None:
    settings(f"[[commands]]\nname='a'\nkey='{key}'\nrun='b'\n")
    done = run("doctor")
    assert words in done.out + done.err


def test_two_commands_of_one_key_are_refused(run: Run, settings: Settings) -> None:
    table = "[[commands]]\nname='{0}'\nkey='X'\nrun='b'\n"
    settings(table.format("a") + table.format("b"))
    assert "command.b: X is the key of command.a" in run("doctor").out


@pytest.mark.parametrize(
    ("hook", "does"),
    [
        ("on_star", ["mark", "pebbles", "--star"]),
        ("on_note", ["mark", "pebbles", "--note", "bright"]),
    ],
)
def test_hook_gets_the_papers_once(
    filled: OpenLibrary, run: Run, settings: Settings, tmp_path: Path, hook: str, does: list[str]
) -> None:
    settings(f"[hooks]\n{hook} = [{echo(tmp_path)}]\n")
    run(*does)
    run(*does)  # changes nothing any more
    ((_, given),) = said(tmp_path)
    assert orjson.loads(str(given))["id"] == PEBBLES


def test_new_papers_are_reported_in_one_run(run: Run, settings: Settings, tmp_path: Path) -> None:
    settings(f"[hooks]\non_new = [{echo(tmp_path)}]\n")
    (tmp_path / "a.bib").write_text("@article{a, title={Ants}}\n@article{b, title={Bees}}")
    run("import", "a.bib")
    run("import", "a.bib")
    ((_, given),) = said(tmp_path)
    assert [orjson.loads(line)["title"] for line in str(given).splitlines()] == ["Ants", "Bees"]


def test_hook_that_fails_takes_nothing_back(
    filled: OpenLibrary, run: Run, settings: Settings
) -> None:
    settings("[hooks]\non_star = ['sh', '-c', 'echo no >&2; exit 1']\n")
    done = run("mark", "pebbles", "--star")
    assert (done.status, done.out) == (0, "marked 1\n")
    assert done.err == "papers-tui: on_star: sh ended with status 1: no\n"
    assert filled().marks(PEBBLES).starred


def examples() -> dict[str, str]:
    """Return the commands of the documentation, by name."""
    text = (ROOT / "docs" / "commands-of-your-own.md").read_text()
    blocks = re.findall(r"```toml\n(\[\[commands.*?)```", text.partition("## Three")[2], re.DOTALL)
    return {tomllib.loads(each)["commands"][0]["name"]: each for each in blocks}


def test_examples_of_the_documentation_work(
    open_library: OpenLibrary,
    run: Run,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    links = Links("https://pebbles.example/a", "https://pebbles.example/a.pdf")
    open_library().add([Paper("doi:10.1/a", "Lamps & 'Owls'", links=links)], "hf")
    settings("\n".join(examples().values()))
    here = tmp_path / "bin"
    here.mkdir()
    (tmp_path / "home").mkdir()
    program(here / "llm", 'echo "$2"; grep -c Owls')
    program(here / "zathura", f'echo "$2" > {tmp_path}/opened')
    monkeypatch.setenv("PATH", f"{here}:{os.environ['PATH']}")
    assert run("run", "summary", "*").out == "Sum up this paper in three sentences.\n1\n"
    assert run("run", "viewer", "*").status == 0
    assert (tmp_path / "opened").read_text() == f"{links.pdf}\n"
    assert run("run", "org", "*").status == 0
    org = (tmp_path / "home" / "papers.org").read_text()
    assert org == f"* TODO Lamps & 'Owls'\n  {links.page}\n"


def test_three_examples_are_documented() -> None:
    assert sorted(examples()) == ["org", "summary", "viewer"]
