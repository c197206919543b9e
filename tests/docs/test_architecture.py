"""The page on the architecture and the one for contributors name what is there, and every room."""

import ast
import re
from functools import cache

import pytest
from places import ROOT

PAGES = {
    "architecture": (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"),
    "contributing": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
}
PICTURE = PAGES["architecture"].partition("```text\n")[2].partition("```")[0]
NAMED_FILES = sorted(
    {
        path
        for page in PAGES.values()
        for path in re.findall(r"\b(?:store|tui|tests|docs)/[\w/.]*\w", page)
    }
)


@cache
def classes() -> dict[str, set[str]]:
    """Return the names that each class of which a page speaks defines."""
    spoken_of = set(re.findall(r"`([A-Z]\w+)", "".join(PAGES.values())))
    texts = (
        path.read_text(encoding="utf-8")
        for folder in ("store", "tui")
        for path in (ROOT / folder).rglob("*.py")
    )
    trees = (
        ast.parse(text)
        for text in texts
        if not spoken_of.isdisjoint(re.findall(r"^class (\w+)", text, re.MULTILINE))
    )
    defined = (node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    return {
        node.name: {name for each in ast.walk(node) for name in named(each)} for node in defined
    }


def named(node: ast.AST) -> list[str]:
    """Return the names that a statement defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = (
        node.targets if isinstance(node, ast.Assign) else
        [node.target] if isinstance(node, ast.AnnAssign) else []
    )  # fmt: skip
    return [target.id for target in targets if isinstance(target, ast.Name)]


def rooms() -> set[str]:
    """Return the folders with code, as paths from the project's."""
    return {
        str(path.parent.relative_to(ROOT))
        for folder in ("store", "tui")
        for path in (ROOT / folder).rglob("*.py")
    }


def pictured() -> set[str]:
    """Return the folders in the picture; how far a line stands to the right is whose they are."""
    found, above = set(), [""]
    for line in PICTURE.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        above = above[: depth + 1]
        folders = re.match(r"\s*([a-z_/]+/)(?=\s|$)", line)
        if folders:
            above.append(above[-1] + folders[1])
            found.add(above[-1].rstrip("/"))
    return found


def test_picture_has_every_room_and_no_other() -> None:
    assert pictured() == rooms()


@pytest.mark.parametrize("path", NAMED_FILES)
def test_file_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("page", PAGES)
def test_method_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`([A-Z]\w+)\.(\w+)`", PAGES[page])
    assert [f"{owner}.{name}" for owner, name in named if name not in classes()[owner]] == []


@pytest.mark.parametrize("page", PAGES)
def test_class_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`([A-Z][a-z]\w+)`", PAGES[page])
    assert [name for name in named if name not in classes() and name != "PapersError`s"] == []
