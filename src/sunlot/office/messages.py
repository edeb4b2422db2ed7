"""The texts of the interface: where they stand in the sources, and what of them the English catalogue has.

    python -m sunlot.office.messages             bring locale/en/LC_MESSAGES/django.po up to the sources, and list what has no English form
    python -m sunlot.office.messages --missing   only list it

Django's makemessages needs the programs of GNU gettext, which an office computer lacks; here Python's own parser and Django's reader of templates
find the texts. New ones stand in the catalogue with an empty msgstr, those no longer used leave it, the rest is kept as it is.
"""

import argparse
import ast
import io
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
CATALOGUE = HERE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = r"""# The English of the office's interface. Terms of the field as in its glossary; written by: python -m sunlot.office.messages
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "noop"}
DECLARING = {  # calls whose text is declared plain and translated where it is shown: the place of the text, and names it may have
    "Act": (0, "title"),
    "Between": (0, "title"),
    "Button": (0, "title", "confirm"),
    "Check": (1, "title", "does"),
    "Choice": (0, "title"),
    "Column": (0, "title"),
    "Day": (0, "title"),
    "ImportKind": (None, "title", "mark_title"),
    "Kind": (1, "title"),
    "Listing": (0, "name", "empty"),
    "Page": (0, "title"),
    "Problem": (0, "title"),
    "Search": (None, "title"),
    "Todo": (0, "title", "hint"),
    "form_page": (None, "submit", "heading"),
}


def texts() -> dict[str, set[str]]:
    """Return every text of the interface with the files it stands in, named from this folder."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(HERE.rglob("*.py")):
        if "migrations" not in path.parts:
            for text in in_program(path.read_text("utf-8")):
                found[text].add(path.relative_to(HERE).as_posix())
    for path in sorted(HERE.rglob("templates/**/*.html")):
        for text in in_template(path.read_text("utf-8")):
            found[text].add(path.relative_to(HERE).as_posix())
    return dict(found)


def in_program(source: str) -> Iterator[str]:
    """Yield the texts of a Python file: those marked by `_` and its kin, and those that a column, page or button declares."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        place, *names = (0,) if name in MARKERS else DECLARING.get(name, (None,))
        told = [node.args[place]] if isinstance(place, int) and len(node.args) > place else []
        told += [keyword.value for keyword in node.keywords if keyword.arg in names]
        for value in told:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                if CHINESE.search(value.value) or name in MARKERS:
                    yield value.value


def in_template(source: str) -> Iterator[str]:
    """Yield the texts of a Django template: of its translate and blocktranslate tags and of `_("…")` in others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
    from django.utils.translation.template import templatize

    program = io.BytesIO(templatize(source).encode())
    for _line, _name, text, _notes in extract_python(program, ["gettext", "_"], [], {"encoding": "utf-8"}):
        if isinstance(text, str) and text:
            yield text


def read_catalogue() -> Catalog:
    """Return the English catalogue as it stands; an empty one where there is none."""
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def missing() -> list[str]:
    """Return the texts without an English form, in order."""
    has = {str(message.id) for message in read_catalogue() if message.id and message.string}
    return sorted(set(texts()) - has)


def write_catalogue() -> None:
    """Bring the catalogue up to the sources: sorted, without dates, machine names or line numbers, so that it changes only where a text does."""
    before, after = read_catalogue(), Catalog(locale="en")
    for text, files in sorted(texts().items()):
        old = before.get(text)
        after.add(text, old.string if old else "", locations=[(name, 1) for name in sorted(files)])
    body = io.BytesIO()
    write_po(body, after, width=0, omit_header=True, include_lineno=False)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(HEADER + body.getvalue().decode(), "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; return 1 while a text has no English form."""
    parser = argparse.ArgumentParser(prog="python -m sunlot.office.messages")
    parser.add_argument("--missing", action="store_true", help="only list what has no English form")
    if not parser.parse_args(arguments).missing:
        write_catalogue()
    lacking = missing()
    for text in lacking:
        print(repr(text))
    print(f"{len(lacking)} of {len(texts())} texts have no English form")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
