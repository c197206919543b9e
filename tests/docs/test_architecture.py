"""The page on the architecture and the one for contributors name what is there, and every room."""

import ast
import re

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
CLASSES = {
    node.name: {
        name
        for each in ast.walk(node)
        for name in (
            [each.name] if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) else
            [target.id for target in each.targets if isinstance(target, ast.Name)]
            if isinstance(each, ast.Assign) else
            [each.target.id]
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) else []
        )
    }
    for folder in ("store", "tui")
    for path in (ROOT / folder).rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.ClassDef)
}  # fmt: skip
"""The names that each class defines."""


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
    assert [f"{owner}.{name}" for owner, name in named if name not in CLASSES[owner]] == []


@pytest.mark.parametrize("page", PAGES)
def test_class_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`([A-Z][a-z]\w+)`", PAGES[page])
    assert [name for name in named if name not in CLASSES and name != "PapersError`s"] == []
