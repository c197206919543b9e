"""`feeds add` takes lists of subscriptions as feed readers write them."""

import json
from pathlib import Path

import pytest
from cli_helpers import Run

MAPS = "https://maps.example.org/feed.xml"
TIDES = "http://tides.example.org/rss?format=xml&n=20"
LIST = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>What I read</title></head>
  <body>
    <outline text="Sea" title="Sea">
      <outline text="Coast">
        <outline type="rss" text="Tides" xmlUrl="{TIDES.replace("&", "&amp;")}"
                 htmlUrl="http://tides.example.org/"/>
      </outline>
    </outline>
    <outline type="atom" text="Maps" xmlUrl="{MAPS}"/>
    <outline type="link" text="A page" url="https://page.example.org/"/>
  </body>
</opml>"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "reader.opml"
    path.write_text(LIST)
    return path


def outlines(path: Path, *attributes: str) -> Path:
    """Write a list with outlines that have these attributes."""
    body = "".join(f"<outline {each}/>" for each in attributes)
    path.write_text(f'<opml version="1.0"><head/><body>{body}</body></opml>')
    return path


def names(run: Run) -> list[str]:
    return [feed["name"] for feed in json.loads(run("feeds", "list", "--json").out)]


def test_feeds_in_folders_are_subscribed_to(run: Run, listed: Path) -> None:
    done = run("feeds", "add", listed)
    assert (done.status, done.err) == (0, "")
    assert done.out == f"added {TIDES}\nadded {MAPS}\n"
    assert names(run) == [TIDES, MAPS]


def test_feeds_subscribed_to_already_are_reported(run: Run, listed: Path) -> None:
    run("feeds", "add", MAPS)
    assert run("feeds", "add", listed).out == f"added {TIDES}\nalready subscribed to: {MAPS}\n"


def test_feed_that_is_listed_twice_is_reported_once(run: Run, tmp_path: Path) -> None:
    path = outlines(tmp_path / "twice.xml", f'xmlUrl="{MAPS}"', f'text="Again" xmlUrl="{MAPS}"')
    assert run("feeds", "add", path).out == f"added {MAPS} (named 2 times)\n"


def test_files_and_feeds_can_be_named_together(run: Run, listed: Path) -> None:
    run("feeds", "add", "hf", listed, "arxiv:cs.CL")
    assert names(run) == ["hf", "arxiv:cs.CL", TIDES, MAPS]


def test_standard_input_is_taken(run: Run) -> None:
    done = run("feeds", "add", "-", data=LIST.encode())
    assert done.out == f"added {TIDES}\nadded {MAPS}\n"


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        (f'xmlurl="{MAPS}"', MAPS),
        (f'XMLURL=" {MAPS} "', MAPS),
        (f'type="rss" url="{MAPS}"', MAPS),
        (f'xmlUrl="feed:{MAPS}"', MAPS),
        (f'xmlUrl="feed://{MAPS}"', MAPS),
        ('xmlUrl="feed://maps.example.org/feed.xml"', "http://maps.example.org/feed.xml"),
        ('xmlUrl="https://maps.example.org/a b"', "https://maps.example.org/a%20b"),
        (f'xmlUrl="{MAPS}#top"', MAPS),
    ],
)
def test_spellings_of_feed_readers_are_known(
    run: Run, tmp_path: Path, attributes: str, name: str
) -> None:
    run("feeds", "add", outlines(tmp_path / "reader.opml", attributes))
    assert names(run) == [name]


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ('text="Files" xmlUrl="file:///etc/passwd"', "“Files” was skipped: file:///etc/passwd"),
        ('text="Mine" xmlUrl="https://me:word@x.org/"', "“Mine” was skipped: "),
        ('text="More" type="include" url="https://x.org/l.opml"', "“More” was skipped: it is an"),
        ('text="a&#155;b" xmlUrl="nonsense"', "skipped: 'nonsense' is not a feed"),
    ],
)
def test_what_can_not_be_fetched_is_named_and_the_rest_added(
    run: Run, tmp_path: Path, attributes: str, problem: str
) -> None:
    done = run("feeds", "add", outlines(tmp_path / "a.opml", attributes, f'xmlUrl="{MAPS}"'))
    assert (done.status, done.out, done.err.count("\n")) == (0, f"added {MAPS}\n", 1)
    assert problem in done.err
    assert "\x9b" not in done.err


HOSTILE = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">
<!ENTITY c SYSTEM "file:///etc/passwd">]><opml version="2.0"><body>
<outline text="&c;" xmlUrl="https://x.org/&b;"/></body></opml>"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HOSTILE, "declar"),
        (LIST.replace("opml", "rss"), "it is not a list of subscriptions"),
        ('<opml version="2.0"><body><outline text="Empty"/></body></opml>', "no outline in it"),
        ('<opml><body><outline xmlUrl="ftp://x.org/"/></body></opml>', "only addresses that begin"),
        ("hf", "it is not XML"),
        ("", "the file is empty"),
    ],
)
def test_file_that_is_no_list_is_refused_in_one_line(
    run: Run, tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "list.opml"
    path.write_text(text)
    done = run("feeds", "add", path)
    assert (done.status, done.out, done.err.count("\n")) == (5, "", 1)
    assert reason in done.err
    assert names(run) == []


def test_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    done = run("feeds", "add", tmp_path / "missing.opml")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "missing.opml: can't read it: No such file" in done.err


def test_deep_and_long_lists_end_and_say_where(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "deep.opml"
    deep = "<outline>" * 9_999 + f'<outline xmlUrl="{MAPS}"/><outline xmlUrl="{TIDES[:30]}"/>'
    path.write_text(f"<opml><body>{deep}{'</outline>' * 9_999}</body></opml>")
    done = run("feeds", "add", path)
    assert done.out == f"added {MAPS}\n"
    assert "only the first 10,000 outlines were read" in done.err


def test_list_that_is_cut_off_gives_what_it_has(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cut.opml"
    path.write_text(LIST[: LIST.index('<outline type="link"')])
    done = run("feeds", "add", path)
    assert done.out == f"added {TIDES}\nadded {MAPS}\n"
    assert "cut off" in done.err or "mended" in done.err
