"""Every list of the office names the import that fills it, or why nothing may come in from a file; docs/lists.md tells the same in one table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import sunlot
from sunlot.office.imports.kinds import KINDS
from sunlot.office.shell.incoming import Never

SOURCES = Path(sunlot.__file__).parent / "office"
NODES = [
    (path, node)
    for path in sorted(SOURCES.rglob("*.py"))
    if "listing" in (text := path.read_text())
    for node in ast.walk(ast.parse(text))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
]
TABLE = Path(__file__).resolve().parents[2] / "docs" / "lists.md"


def declared() -> Iterator[tuple[str, str]]:
    """Yield the name of every declared list, with the kind of import or the reason."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Listing":
                said = {word.arg: word.value for word in node.keywords}
                texts = [each.value for each in ast.walk(said["name"]) if isinstance(each, ast.Constant)]
                name = next(
                    (text for text in texts if any("一" <= sign <= "龥" for sign in str(text))), path.parent.name
                )
                incoming = said["incoming"]
                if isinstance(incoming, ast.Attribute):
                    yield str(name), incoming.attr
                else:
                    assert isinstance(incoming, ast.Call) and isinstance(incoming.args[0], ast.Constant)
                    yield str(name), str(incoming.args[0].value)


def told() -> set[tuple[str, str]]:
    """Return what the table in docs/lists.md says."""
    lines = [line.strip("|").split("|") for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    rows = [[cell.strip().strip("`") for cell in line] for line in lines if len(line) == 4]
    return {(name, what) for row in rows for name in row[0].split("、") for what in [row[2]]} - {("list", "comes in")}


def test_the_table_tells_of_every_list_what_comes_in() -> None:
    lists = set(declared())
    assert len(lists) > 50
    assert told() == lists


def test_every_kind_of_import_fills_a_list_and_every_reason_is_explained() -> None:
    words = {what for _name, what in declared()}
    assert words == {*KINDS, "items", *Never.__members__}
    assert [reason.value for reason in Never if reason.value not in TABLE.read_text()] == []


def test_the_table_names_every_act_on_several_rows() -> None:
    buttons = [node for _path, node in NODES if getattr(node.func, "id", "") == "Button"]
    bulk = {
        title.value
        for each in buttons
        if any(word.arg == "bulk" for word in each.keywords) and isinstance(title := each.args[0], ast.Constant)
    }
    assert len(bulk) > 20
    assert [title for title in sorted(map(str, bulk)) if title not in TABLE.read_text()] == []
