"""Papers as a web page: what is on it, that nothing in it runs or is fetched, and the search."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import Page, new_page
from conftest import ABSTRACT, paper
from hypothesis import given
from hypothesis import strategies as st

from store.export.formats import export
from store.model import NO_MARKS, Links, Marks, Paper
from store.text.clean import clean_line

LAMPS = paper(
    "arxiv:2506.01234",
    "Lamps for Sörters",
    authors=("Ana Lamp", "Ben Shade"),
    abstract=ABSTRACT,
    summary="Lamps help.",
    venue="Lamp Letters",
    links=Links(pdf="https://arxiv.org/pdf/2506.01234", code="https://example.org/lamps"),
)
HOSTILE = paper(
    "sha:0",
    "</script></style><img src=https://example.org/x.png onerror=\"document.title='ran'\">",
    authors=('"><script>document.title="ran"</script>',),
    abstract="\u2028<svg onload=document.title='ran'><!-- <link rel=stylesheet href=//example.org>",
    links=Links(page="javascript:document.title='ran'", code='https://example.org/"onclick="x'),
)


class Parts(HTMLParser):
    """The elements and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element with its attributes."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text that says something."""
        self.texts.append(data.strip())


def page(*papers: Paper, marks: Marks = NO_MARKS) -> str:
    """Return the page of some papers."""
    return export("html", [(each, marks) for each in papers]).decode()


def links(text: str) -> dict[str, str]:
    """Return where the links of a page lead, by their texts."""
    return dict(re.findall(r'<a href="([^"]*)" rel="noopener noreferrer">([^<]*)</a>', text))


def test_page_has_what_a_paper_is_known_by() -> None:
    texts = Parts(page(LAMPS, marks=Marks(tags=("dpo",)))).texts
    assert {
        *("Lamps for Sörters", "Ana Lamp, Ben Shade", "2025-08-01", "Lamp Letters", "#dpo"),
        *("Lamps help.", "Abstract", ABSTRACT, "1 paper"),
    } <= set(texts)


def test_links() -> None:
    assert links(page(LAMPS)) == {
        "https://arxiv.org/abs/2506.01234": "Lamps for Sörters",
        "https://arxiv.org/pdf/2506.01234": "PDF",
        "https://example.org/lamps": "Code",
    }


def test_notes_stay_at_home() -> None:
    assert "tell nobody" not in page(LAMPS, marks=Marks(note="tell nobody"))


def test_many_authors_are_named_with_the_abstract() -> None:
    names = tuple(f"Person {number}" for number in range(14))
    texts = Parts(page(paper(authors=names))).texts
    assert ", ".join(names[:12]) + " and 2 more" in texts
    assert ", ".join(names) in texts


def test_address_of_another_scheme_is_no_link() -> None:
    assert "javascript:" not in page(HOSTILE)


def test_hostile_text_makes_no_elements() -> None:
    harmless = [tag for tag, _ in Parts(page(LAMPS)).elements]
    hostile = {tag for tag, _ in Parts(page(HOSTILE)).elements}
    assert hostile <= set(harmless)


@given(st.text())
def test_any_text_is_shown_as_it_is(text: str) -> None:
    title = clean_line("x" + text)
    parts = Parts(page(paper("sha:0", title, authors=(title,))))
    assert parts.texts.count(title.strip()) == 2


@given(st.text('<>"=&/!-a '))
def test_any_text_leaves_the_elements_alone(text: str) -> None:
    odd = paper("arxiv:2506.01234", "x" + text, authors=("x" + text,), abstract="x" + text)
    plain = paper("arxiv:2506.01234", "x", authors=("x",), abstract="x")
    assert Parts(page(odd)).elements == Parts(page(plain)).elements


def test_nothing_on_the_page_is_fetched() -> None:
    elements = Parts(page(LAMPS, HOSTILE)).elements
    assert {name for _, attributes in elements for name in attributes}.isdisjoint({"src", "style"})
    assert "link" not in {tag for tag, _ in elements}
    assert "url(" not in page(LAMPS)


def test_colours_have_contrast() -> None:
    schemes = re.findall(
        "--back: (#[0-9a-f]+); --text: (#[0-9a-f]+); --quiet: (#[0-9a-f]+); --link: (#[0-9a-f]+);"
        ".*--field: (#[0-9a-f]+)",
        page(),
    )
    assert len(schemes) == 2
    for back, text, quiet, link, field in schemes:
        assert min(contrast(each, back) for each in (text, quiet, link)) >= 4.5
        assert min(contrast(each, field) for each in (text, quiet)) >= 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return how bright a colour is, as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# in a browser


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page in a browser."""
    folder = tmp_path_factory.mktemp("browser")
    file = folder / "papers.html"
    file.write_text(page(LAMPS, HOSTILE, paper("sha:1", "Sorting Pebbles")))
    with new_page(folder / "profile") as open_page:
        open_page.open(file)
        yield open_page


def titles_shown(shown: Page) -> int:
    """Return how many papers are visible."""
    count: int = shown.run("document.querySelectorAll('article:not([hidden])').length")
    return count


def test_browser_asks_for_the_page_alone(shown: Page) -> None:
    requests = [event["request"]["url"] for event in shown.of_kind("Network.requestWillBeSent")]
    assert [Path(request).name for request in requests] == ["papers.html"]


def test_browser_has_nothing_to_complain_of(shown: Page) -> None:
    assert shown.of_kind("Log.entryAdded") == []
    assert shown.of_kind("Runtime.exceptionThrown") == []


def test_hostile_text_does_not_run(shown: Page) -> None:
    assert shown.run("document.title") == "Reading list"


def test_slash_goes_to_the_search_which_narrows(shown: Page) -> None:
    shown.press("/")
    for letter in "sorters":
        shown.press(letter)
    assert titles_shown(shown) == 1
    assert shown.run("document.querySelector('output').textContent") == "1 of 3"


def test_escape_shows_all_again(shown: Page) -> None:
    shown.run("document.querySelector('input').focus()")
    shown.press("z")
    shown.ask("Input.dispatchKeyEvent", type="keyDown", key="Escape")
    assert titles_shown(shown) == 3


def test_policy_lets_no_other_script_run(shown: Page) -> None:
    shown.run(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'document.title = \"ran\"'}))"
    )
    assert shown.run("document.title") == "Reading list"


def test_dark_scheme_is_the_systems(shown: Page) -> None:
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    shown.ask("Emulation.setEmulatedMedia", features=dark)
    colour = shown.run("getComputedStyle(document.body).backgroundColor")
    shown.ask("Emulation.setEmulatedMedia", features=[])
    assert colour == "rgb(22, 24, 28)"
