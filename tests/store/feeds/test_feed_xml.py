"""XML from outside is read safely, repaired where it can be, and told apart by its kind."""

from collections.abc import Callable
from contextlib import suppress
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_checks import check_costs_little, many

from store.errors import NotAFeedError
from store.feeds.xml import read_xml, xml_kind

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
ITEMS = "<item><title>Pebbles</title></item><item><title>Snails</title></item>"
ATOM_NAMESPACE = 'xmlns="http://www.w3.org/2005/Atom"'


def rss(content: str) -> bytes:
    return f'{DECLARATION}<rss version="2.0"><channel>{content}</channel></rss>'.encode()


def titles(root: Element) -> list[str | None]:
    return [item.findtext("title") for item in root.iter("item")]


def test_sound_xml_is_read_without_a_problem() -> None:
    root, problems = read_xml(rss(ITEMS))
    assert (titles(root), problems) == (["Pebbles", "Snails"], [])


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % remote SYSTEM "http://127.0.0.1:1/x.dtd"> %remote;]>',
        '<!DOCTYPE rss [<!ATTLIST item filler CDATA "aaaaaaaaaaaaaaaa">]>',
        "<!DOCTYPE rss [<!ELEMENT rss ANY>]>",
    ],
)
def test_a_document_type_with_declarations_is_refused(doctype: str) -> None:
    data = rss(ITEMS).replace(b"<rss", doctype.encode() + b"<rss")
    with pytest.raises(NotAFeedError, match="declares"):
        read_xml(data)


def test_an_external_document_type_is_passed_over() -> None:
    doctype = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
    root, problems = read_xml(rss(ITEMS).replace(b"<rss", doctype + b"<rss"))
    assert (titles(root), problems) == (["Pebbles", "Snails"], [])


@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd">'])
def test_html_entities_are_read_and_reported(doctype: str) -> None:
    data = rss("<item><title>A&nbsp;pebble &eacute; &lt; &unknown;</title></item>")
    root, problems = read_xml(data.replace(b"<rss", doctype.encode() + b"<rss"))
    assert titles(root) == ["A\u00a0pebble é < &unknown;"]
    assert len(problems) == 1
    assert "undefined entity" in problems[0]


def test_bare_ampersands_are_mended_outside_cdata() -> None:
    root, problems = read_xml(
        rss("<item><title>Salt & Sand</title><b><![CDATA[R&D <x>]]></b></item>")
    )
    assert titles(root) == ["Salt & Sand"]
    assert root.findtext("channel/item/b") == "R&D <x>"
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text", ["a\x1bb", "a&#27;b", "a&#x1B;b", "a\x00b", "a&#0;b", "a&#xD800;b"]
)
def test_characters_that_xml_forbids_become_replacement_characters(text: str) -> None:
    data = rss(f"<item><title>{text}</title></item>").replace(b"utf-8", b"iso-8859-1")
    root, problems = read_xml(data)
    assert titles(root) == ["a\ufffdb"]
    assert len(problems) == 1


def test_a_file_that_is_cut_off_keeps_its_whole_entries() -> None:
    whole = rss(ITEMS + "<item><title>Lamplight</title><b>é</b></item>")
    first_two = whole.index(b"<item><title>Lamp")
    for end in range(first_two, len(whole) - len("</item></channel></rss>")):
        root, problems = read_xml(whole[:end])
        assert titles(root) == ["Pebbles", "Snails"]
        assert len(problems) == 1
        assert "cut off" in problems[0]


def test_an_entry_that_is_not_well_formed_is_left_out_by_its_title() -> None:
    bad = "<item><title>Lamplight</title><b></item>"
    root, problems = read_xml(rss(bad + ITEMS + bad))
    assert titles(root) == ["Pebbles", "Snails"]
    assert problems == ["“Lamplight” was skipped: mismatched tag"] * 2


def test_more_damaged_entries_than_are_left_out_one_by_one_end_the_reading() -> None:
    root, problems = read_xml(rss(ITEMS + "<item><b></item>" * 30))
    assert titles(root) == ["Pebbles", "Snails"]
    assert "cut off or damaged" in problems[-1]


def test_what_stands_after_the_document_is_passed_over() -> None:
    root, problems = read_xml(rss(ITEMS) + b"<script>1</script>")
    assert titles(root) == ["Pebbles", "Snails"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("utf-16", "utf-8"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("unheard-of", "utf-8"),
    ],
)
def test_encodings_are_read_as_declared_or_marked(encoding: str, codec: str) -> None:
    text = rss("<item><title>Crème brûlée</title></item>").decode()
    root, problems = read_xml(text.replace("utf-8", encoding).encode(codec))
    assert (titles(root), problems) == (["Crème brûlée"], [])


@pytest.mark.parametrize("encoding", ["Shift_JIS", "GB18030", "EUC-KR", "Big5", "ISO-2022-JP"])
def test_encodings_of_several_bytes_are_read(encoding: str) -> None:
    text = rss(
        "<item><title>小石</title></item>"
        if encoding != "EUC-KR"
        else "<item><title>돌</title></item>"
    )
    data = text.decode().replace("utf-8", encoding).encode(encoding)
    root, problems = read_xml(data)
    assert titles(root)[0] in ("小石", "돌")
    assert problems == []


def test_latin_1_that_is_declared_as_utf_8_is_read_and_reported() -> None:
    data = rss("<item><title>Crème</title></item>").decode().encode("latin-1")
    root, problems = read_xml(data)
    assert titles(root) == ["Crème"]
    assert len(problems) == 1
    assert "is not UTF-8" in problems[0]


def test_bytes_that_are_not_of_the_declared_encoding_are_reported() -> None:
    data = rss("<item><title>Salt – Sand</title></item>").replace(b"utf-8", b"EUC-JP")
    root, problems = read_xml(data)
    assert titles(root) == ["Salt – Sand"]
    assert len(problems) == 1
    assert "is not EUC-JP" in problems[0]


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"{}", b"[1, 2]", b"plain words", b"<html><body>Hi", b"@article{a}", b"<", b"\0<"],
)
def test_what_is_not_xml_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_xml(data)
    assert xml_kind(data) is None


HOSTILE: dict[str, Callable[[], bytes]] = {
    "7 MB entity": lambda: rss("").replace(
        b"<rss", b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * many(7_000_000) + b'">]><rss', 1
    ),
    "nested": lambda: rss("<a>" * many(200_000) + "</a>" * many(200_000)),
    "nested and open": lambda: rss("<a>" * many(900_000)),
    "nested entries": lambda: rss("<item>" * many(200_000)),
    "empty tags": lambda: rss("<a/>" * many(990_000)),
    "tags without end": lambda: b"<" * many(10_000_000),
    "one attribute after the other": lambda: rss(
        "<a " + " ".join(f'b{number}="1"' for number in range(many(490_000))) + "/>"
    ),
    "long namespace": lambda: (
        b'<rss xmlns:p="' + b"u" * many(5_000_000) + b'">' + b"<p:a/>" * many(500_000)
    ),
    "many namespaces": lambda: rss("<a xmlns:b='c'/>" * many(480_000)),
    "long name": lambda: rss("<" + "a" * many(9_000_000) + "/>"),
    "ampersands": lambda: rss("&" * many(990_000)),
    "prefixes": lambda: rss("".join(f"<p{number}:a/>" for number in range(many(800_000)))),
    "references": lambda: rss("&#27;" * many(990_000)),
    "control characters": lambda: rss("\x1b" * many(9_900_000)),
    "CDATA without end": lambda: rss("<![CDATA[" * many(900_000)),
    "damaged entries": lambda: rss(("<item>" + "a" * 1_000 + "<b></item>") * many(9_000)),
    "entries in words": lambda: rss("item " * many(1_900_000) + "<"),
    "slow codec": lambda: rss("a" * many(9_900_000)).replace(b"utf-8", b"punycode"),
    "white space": lambda: b" " * many(10_000_000),
    "surrogates": lambda: b"\xff\xfe" + b"\x00\xd8" * many(5_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little(name: str) -> None:
    data = HOSTILE[name]()

    def read() -> None:
        xml_kind(data)
        with suppress(NotAFeedError):
            read_xml(data)

    check_costs_little(read)


@given(st.binary(max_size=300) | st.text("<>&;![]/?-a\"'= \x1bitemrss:#x0").map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    xml_kind(data)
    try:
        root, _ = read_xml(data)
    except NotAFeedError:
        return
    assert root.tag


@given(
    st.lists(
        st.sampled_from(
            [
                "<item>",
                "</item>",
                "<entry/>",
                "<title>",
                "</title>",
                "a & b",
                "<b",
                ">",
                "<![CDATA[",
                "]]>",
            ]
        )
    )
)
def test_any_tags_between_sound_ones_lose_no_entry_before_them(parts: list[str]) -> None:
    root, _ = read_xml(rss(ITEMS + "".join(parts)))
    assert titles(root)[:2] == ["Pebbles", "Snails"]


KINDS = {
    f"<feed {ATOM_NAMESPACE}><id>http://arxiv.org/api/abc</id></feed>": "arxiv-atom",
    f'<feed {ATOM_NAMESPACE}><link href="http://export.arxiv.org/api/query"/></feed>': "arxiv-atom",
    f"<feed {ATOM_NAMESPACE}><id>https://arxiv.org/</id></feed>": "arxiv-atom",
    f"<feed {ATOM_NAMESPACE}><id>http://rss.arxiv.org/atom/cs.CL</id></feed>": "arxiv-rss",
    "<rss><channel><link>http://rss.arxiv.org/rss/cs.CL</link></channel></rss>": "arxiv-rss",
    "<rss><channel><link>http://export.arxiv.org/rss/cs</link></channel></rss>": "arxiv-rss",
    "<rss><channel><link>https://evilarxiv.org/rss/cs</link></channel></rss>": "feed",
    "<rss><channel><link>https://a.example/</link><item><link>http://arxiv.org/abs/1</link></item>"
    "</channel></rss>": "feed",
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:id>http://arxiv.org/api/a</a:id></a:feed>': (
        "arxiv-atom"
    ),
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>': "feed",
    "<!-- first --><?style x?><rss": None,
    "<!-- first --><?style x?><rss>": "feed",
    '<html xmlns="http://www.w3.org/1999/xhtml"><head/></html>': None,
    "<opml><body/></opml>": None,
}


@pytest.mark.parametrize("text", KINDS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_kind_is_reported_by_the_root_and_the_feeds_own_address(text: str, codec: str) -> None:
    assert xml_kind(text.encode(codec)) == KINDS[text]


def test_the_kind_of_a_file_with_white_space_before_its_declaration_is_reported() -> None:
    assert xml_kind(b"\n\n" + rss(ITEMS)) == "feed"


def test_the_kind_of_a_file_in_an_encoding_of_several_bytes_is_reported() -> None:
    text = rss("<title>小石</title><link>http://rss.arxiv.org/rss/cs.CL</link>").decode()
    assert xml_kind(text.replace("utf-8", "Shift_JIS").encode("shift_jis")) == "arxiv-rss"
