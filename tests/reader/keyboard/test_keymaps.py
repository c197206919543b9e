"""Keys can be given to other actions; what can't be is refused by name."""

import re
import subprocess
import sys
from collections import Counter
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from hypothesis import given
from hypothesis import strategies as st
from screen_helpers import PEBBLES, PUDDLES, SNAILS, Reader, reading, until
from textual.binding import Binding, BindingsMap

from tui.reader.keyboard.keymap import (
    WrongKeysError,
    bindings_by_id,
    check_keys,
    checked_keys,
    key_name,
    remapped,
    tables,
)
from tui.settings.config import Config, ConfigError, read_config
from tui.settings.key_presets import PRESET, PRESETS

WRONG = {
    "letter where one types": (
        {"filter.accept": "ctrl+j,x"},
        "filter.accept: x types text there; use one such as ctrl+x",
    ),
    "space where one types": ({"tags.complete": "space"}, "tags.complete: space types text there"),
    "key of another": ({"mark.star": "t"}, "mark.star: t is the key of mark.tag (Tag)"),
    "key given twice": (
        {"mark.star": "X", "mark.tag": "X"},
        "mark.tag: X is the key of mark.star (Star)",
    ),
    "one of several keys": ({"mark.star": "x,j"}, "j is the key of list.down"),
    "key of the program": ({"mark.star": "ctrl+q"}, "ctrl+q is the key of the program itself"),
    "key between widgets": ({"mark.star": "tab"}, "tab is the key of the program itself"),
    "key of a line of text": ({"filter.accept": "left"}, "left is the key of the program itself"),
    "key of a preset": (
        {"preset": "vim", "mark.star": "V"},
        "mark.star: V is the key of mark.select_range",
    ),
    "the same key in a terminal": ({"mark.star": "ctrl+m"}, "enter is the key of paper.open"),
    "unknown action": ({"mark.stra": "x"}, "no action mark.stra; did you mean mark.star"),
    "action like no other": ({"zzz": "x"}, "there is no action zzz; docs/keys.md has all"),
    "unknown key": ({"mark.star": "hyper"}, "mark.star: there is no key hyper"),
    "unknown modifier": ({"mark.star": "hyper+x"}, "there is no key hyper+x"),
    "two letters": ({"mark.star": "dd"}, "there is no key dd"),
    "empty key": ({"mark.star": "x,,y"}, "there is nothing between two commas"),
    "control character": ({"mark.star": "\x1b"}, "there is no key"),
}
"""Keys, and what is said of them."""


@pytest.mark.parametrize(("keys", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_keys_are_refused_by_name(keys: dict[str, str], said: str) -> None:
    with pytest.raises(WrongKeysError) as wrong:
        checked_keys(keys)
    assert wrong.value.name in keys
    assert said in str(wrong.value)
    assert str(wrong.value).isprintable()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", "x"), ("X", "X"), ("shift+x", "X"), ("?", "question_mark"), ("+", "plus"),
        ("Ctrl+S", "ctrl+s"), ("alt+shift+x", "alt+X"), ("ctrl+[", "escape"),
        ("ctrl+i", "tab"), ("Esc", "escape"), ("PgDn", "pagedown"), ("F5", "f5"),
        ("comma", "comma"), (" space ", "space"), ("shift+tab", "shift+tab"), ("ö", "ö"),
        ("", None), (" ", None), ("ab", None), ("ctrl+", None), ("ctrl++", None),
        ("x+ctrl", None), ("<any>", None), ("\t", None),
    ],
)  # fmt: skip
def test_key_is_named_as_a_person_writes_it(text: str, name: str | None) -> None:
    assert key_name(text) == name


@given(st.dictionaries(st.sampled_from([*bindings_by_id(), PRESET, "x.y"]), st.text(max_size=9)))
def test_any_keys_are_used_or_refused(keys: dict[str, str]) -> None:
    try:
        changed = checked_keys(keys)
    except WrongKeysError:
        return
    for bindings in tables():
        assert_no_key_is_lost(bindings, remapped(bindings, changed), changed)


def assert_no_key_is_lost(
    before: BindingsMap, after: BindingsMap, changed: dict[str, tuple[str, ...]]
) -> None:
    """Check that actions keep their keys, and that those changed have the new ones."""
    for name in {binding.id for _, binding in before if binding.id}:
        kept = tuple(key for key, binding in before if binding.id == name)
        has = tuple(key for key, binding in after if binding.id == name)
        assert sorted(has) == sorted(changed.get(name, kept))


@pytest.mark.parametrize("preset", PRESETS)
def test_preset_has_no_clash(preset: str) -> None:
    assert checked_keys({PRESET: preset}).keys() == PRESETS[preset].keys()


@pytest.mark.parametrize("preset", PRESETS)
def test_preset_leaves_every_action_a_key(preset: str) -> None:
    assert all(checked_keys({PRESET: preset}).values())


@pytest.mark.parametrize("preset", PRESETS)
def test_preset_goes_back_with_the_same_keys_from_everywhere(preset: str) -> None:
    changed = checked_keys({PRESET: preset})
    back = {*changed["paper.back"]}
    assert back == {*changed["detail.back"]}
    assert back <= {*changed["side.close"]}


def test_no_key_has_two_actions_by_default() -> None:
    for bindings in tables():
        keys = Counter(key for key, binding in bindings if binding.id)
        assert [key for key, times in keys.items() if times > 1] == []


def test_every_action_of_the_reader_has_id_and_description() -> None:
    known = bindings_by_id()
    assert {"list.down", "detail.down", "filter.accept", "text.down", "tags.accept", "help.close",
            "app.palette"} <= known.keys()  # fmt: skip
    assert all(binding.description for binding in known.values())


def test_order_of_actions_stays() -> None:
    first, second = Binding("a", "a", "A", id="x.a"), Binding("b", "b", "B", id="x.b")
    after = remapped(BindingsMap([first, second]), {"x.a": ("c", "d")})
    assert [(key, binding.id) for key, binding in after] == [
        ("c", "x.a"),
        ("d", "x.a"),
        ("b", "x.b"),
    ]


# In the reader


async def test_key_does_what_it_was_given_to_and_is_shown_everywhere(filled: OpenLibrary) -> None:
    keys = {"mark.star": "X", "list.down": "w,down", "mark.undo": "U", "paper.back": "W"}
    async with with_keys(filled, keys) as reader:
        assert reader.text.splitlines()[-1].startswith(" w/k Move")
        assert " X Star  t Tag " in reader.text
        await reader.press("s")
        assert not reader.library.marks(PEBBLES).starred
        await reader.press("X")
        assert reader.library.marks(PEBBLES).starred
        await reader.press("A")
        await reader.notifies("5 papers marked read; U undoes it.")
        await reader.press("question_mark")
        await reader.shows("  w ↓ ")
        assert not re.search(r"j ↓ +The next paper", reader.text)
        await reader.press("escape", "ctrl+p", *"star")
        await reader.shows("Star (X)")
        await reader.press("escape", "slash", *"zzzz", "enter")
        await reader.shows("W clears the filter.")


async def test_two_actions_can_change_places(filled: OpenLibrary) -> None:
    async with with_keys(filled, {"mark.star": "r", "mark.read": "s"}) as reader:
        await reader.press("s")
        marks = reader.library.marks(PEBBLES)
        assert (marks.read, marks.starred) == (True, False)
        await reader.press("r")
        assert reader.library.marks(PEBBLES).starred


async def test_action_without_a_key_is_in_the_palette_alone(filled: OpenLibrary) -> None:
    async with with_keys(filled, {"mark.star": "", "list.up": ""}) as reader:
        assert reader.text.splitlines()[-1].startswith(" j Move"), "which shares its place with k"
        await reader.press("s")
        assert not reader.library.marks(PEBBLES).starred
        assert " s Star" not in reader.text
        await reader.press("ctrl+p", *"star")
        await reader.shows("Star the paper")


async def test_letters_given_to_actions_can_be_typed(filled: OpenLibrary) -> None:
    async with with_keys(filled, {"app.palette": ":", "list.half_down": "d"}) as reader:
        await reader.press("slash")
        await reader.type("is:unread")
        await reader.press("space")
        await reader.type("puddle")
        await reader.shows("is:unread puddle")
        assert reader.ids == [PUDDLES]


async def test_palette_opens_with_the_key_it_was_given_also_in_the_filter(
    filled: OpenLibrary,
) -> None:
    async with with_keys(filled, {"app.palette": "f1"}) as reader:
        await reader.press("ctrl+p")
        assert not reader.app.screen.is_modal
        await reader.press("slash", "f1")
        assert reader.app.screen.is_modal


async def test_dialogs_have_the_new_keys(filled: OpenLibrary) -> None:
    async with with_keys(filled, {"tags.cancel": "ctrl+g", "help.close": "x"}) as reader:
        await reader.press("t", "escape", *"light")
        await reader.shows("^g Cancel")
        await reader.press("ctrl+g")
        assert not reader.app.screen.is_modal
        await reader.press("question_mark", "slash", *"changing tags", "enter")
        await reader.shows("^g           Close without changing tags")
        await reader.press("escape", "x")
        await reader.shows_not("Close without changing tags")


async def test_vim_keys(filled: OpenLibrary) -> None:
    async with with_keys(filled, {PRESET: "vim"}) as reader:
        await reader.press("ctrl+f")
        assert reader.cursor != PEBBLES
        await reader.press("g", "g")
        assert reader.cursor == PEBBLES
        for key in ("b", "enter"):
            await reader.press(key)
            assert reader.app.focused is not reader.screen.panes.list
            await reader.press("ctrl+o")
            assert reader.app.focused is reader.screen.panes.list
        await reader.press("question_mark", "ctrl+f")
        box = reader.app.screen.query_one("VerticalScroll")
        await until(lambda: box.scroll_y > 0, "the help scrolled")
        await reader.press("escape", "colon")
        assert reader.app.screen.is_modal


async def test_help_closes_with_the_key_that_opens_it(filled: OpenLibrary) -> None:
    async with with_keys(filled, {"app.help": "f1"}) as reader:
        await reader.press("f1")
        assert reader.app.screen.is_modal
        await reader.press("f1")
        assert not reader.app.screen.is_modal


async def test_newsboat_keys_but_for_those_of_ones_own(filled: OpenLibrary) -> None:
    async with with_keys(filled, {PRESET: "newsboat", "mark.star": "X"}) as reader:
        await reader.press("X", "b", "q")
        assert reader.library.marks(PEBBLES).starred
        assert (reader.screen.has_class("-sidebar"), reader.app.is_running) == (False, True)
        await reader.press("N", "j", "enter", "q")
        assert [reader.library.marks(each).read for each in (PEBBLES, SNAILS)] == [True, True]
        assert reader.app.focused is reader.screen.panes.list
        await reader.press("q")
        assert reader.app.is_running


def with_keys(filled: OpenLibrary, keys: dict[str, str]) -> AbstractAsyncContextManager[Reader]:
    """Open the reader on the small feed with other keys."""
    return reading(filled(), size=(120, 40), config=Config(keys=keys))


# In the settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings of a test are."""
    return tmp_path / "settings.toml"


FORMS = {
    "quoted": '[keys]\n"mark.star" = "X"\n',
    "bare": '[keys]\nmark.star = "X"\n',
    "table": '[keys.mark]\nstar = "X"\n',
    "line": 'keys."mark.star" = "X"\n',
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_keys_can_be_written_as_toml_allows(file: Path, text: str) -> None:
    file.write_text(text)
    assert read_config(file).keys == {"mark.star": "X"}


def test_preset_alone_needs_no_table(file: Path) -> None:
    file.write_text('keys = "vim"\n')
    assert read_config(file).keys == {PRESET: "vim"}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_wrong_key_is_reported_with_its_line(file: Path, text: str) -> None:
    file.write_text("# mine\n\n" + text.replace('"X"', '"t"'))
    line = 3 if text.startswith("keys") else 4
    with pytest.raises(ConfigError, match=rf"settings\.toml, line {line}: keys: mark\.star: t is"):
        check_keys(read_config(file), file)


SHAPES = {
    "number": ("keys = 3\n", "keys: preset takes keys in quotes"),
    "number in the table": ('[keys]\n"mark.star" = 3\n', "mark.star takes keys in quotes"),
    "list": ('[keys]\n"mark.star" = ["x"]\n', "mark.star takes keys in quotes"),
    "unknown preset": ('keys = "emacs"\n', "there is no preset 'emacs'; known: vim, newsboat"),
    "ascii": ('ascii = "yes"\n', "ascii takes true or false"),
}


@pytest.mark.parametrize(("text", "said"), SHAPES.values(), ids=SHAPES.keys())
def test_wrong_settings_are_said_in_one_line(run: Run, file: Path, text: str, said: str) -> None:
    file.write_text(text)
    done = run("list", "--config", file)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


def test_doctor_tells_of_wrong_keys(run: Run, file: Path, filled: OpenLibrary) -> None:
    filled()
    file.write_text('keys."mark.star" = "t"\n')
    done = run("doctor", "--config", file)
    assert done.status == 2
    assert "line 1: keys: mark.star: t is the key of mark.tag" in done.out


def test_commands_do_without_the_screen_to_read_keys(file: Path) -> None:
    file.write_text('keys = "vim"\ntheme = "nord"\n')
    code = (
        "import sys; from pathlib import Path; from tui.settings.config import read_config;"
        f"read_config(Path({str(file)!r})); print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
