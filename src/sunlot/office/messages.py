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

import django
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
DECLARING: dict[
    str, tuple[int | str, ...]
] = {  # calls whose texts are plain and translated where they are shown: their places and names
    "Act": (0, "title"),
    "Between": (0, "title"),
    "Button": (0, "title", "confirm"),
    "Check": (1, 2, "title", "hint"),
    "Choice": (0, "title"),
    "Column": (0, "title"),
    "Day": (0, "title"),
    "ImportKind": ("title", "mark_title"),
    "Kind": (1, "title"),
    "Listing": (0, "name", "empty"),
    "Page": (0, "title"),
    "Problem": (0, "title"),
    "Search": ("title",),
    "Todo": (0, "title", "hint"),
    "form_page": ("submit", "heading"),
}


def texts() -> dict[str, set[str]]:
    """Return every text of the interface with the files it stands in, named from this folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
    django.setup()
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(HERE.rglob("*.py")):
        if "migrations" not in path.parts:
            for text in in_program(path.read_text("utf-8")):
                found[text].add(path.relative_to(HERE).as_posix())
    for path in sorted(HERE.rglob("templates/**/*.html")):
        for text in in_template(path.read_text("utf-8")):
            found[text].add(path.relative_to(HERE).as_posix())
    for text in in_vocabularies():
        found[text].add("vocabularies")
    return dict(found)


def in_program(source: str) -> Iterator[str]:
    """Yield the texts of a Python file: those marked by gettext and its kin, and those that a column, page or button declares."""
    tree = ast.parse(source)
    markers = set(_markers(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            places = (0,) if name in markers else DECLARING.get(name, ())
            given: dict[int | str | None, ast.expr] = {
                **dict(enumerate(node.args)),
                **{k.arg: k.value for k in node.keywords},
            }
            for value in (given[place] for place in places if place in given):
                text = value.value if isinstance(value, ast.Constant) else None
                if isinstance(text, str) and (name in markers or CHINESE.search(text)):
                    yield text


def _markers(tree: ast.Module) -> Iterator[str]:
    """Yield the names under which a file knows gettext and its kin, such as `_`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from (each.asname or each.name for each in node.names if each.name.startswith("gettext"))


def in_vocabularies() -> Iterator[str]:
    """Yield the words of the closed vocabularies that pages show: the core and the models spell them in Chinese, and so do the files of a draw."""
    from sunlot.certainty import Certainty
    from sunlot.documents.statutory import forms
    from sunlot.draw.lotteries import GAMES
    from sunlot.intake.findings import HANDLING
    from sunlot.office.complaints.handling import ANSWERED_HOW
    from sunlot.office.inspectors.calendars import WEEKDAYS
    from sunlot.office.inspectors.models import LEAVE_KINDS, STATES
    from sunlot.office.journal.vocabulary import SENTENCES
    from sunlot.office.papers.serving import WAYS
    from sunlot.office.visits import labels
    from sunlot.policy.arithmetic.printed import FIGURES, SHARES
    from sunlot.policy.in_force import SHIPPED
    from sunlot.policy.items_template import ITEM_CLASSES
    from sunlot.policy.rules import BOUNDS, LAYERS, read_rules
    from sunlot.policy.vocabulary import FIELDS, OPENNESS, RULES, VISIT_KINDS

    for words in (
        ANSWERED_HOW,
        SENTENCES,
        VISIT_KINDS,
        HANDLING,
        FIGURES,
        SHARES,
        ITEM_CLASSES,
        LAYERS,
        BOUNDS,
        OPENNESS,
        FIELDS,
    ):
        yield from words.values()
    yield from (*LEAVE_KINDS, *STATES, *WEEKDAYS, *WAYS)
    yield from (editions[-1].title for editions in forms().values())
    yield from (each.label for each in Certainty)
    yield from (game.title for game in GAMES.values())
    yield from (rule.title for rule in RULES.values())
    yield from (rule.unit for rule in RULES.values() if rule.unit)
    for rule in (rule for pack in SHIPPED for rule in read_rules(pack).rules):
        if rule.name in (*labels.RULES.values(), "plan.key_classes", "publication.checklist"):
            yield from rule.value.values()
        if rule.name in (
            "complaint.kinds",
            "complaint.refusals",
            "complaint.identity_readers",
            "complaint.content_readers",
        ):
            yield from rule.value.values()
        if rule.name in ("plan.other_enforcement", "plan.non_enforcement"):
            yield from rule.value


def in_template(source: str) -> Iterator[str]:
    """Yield the texts of a Django template: of its translate and blocktranslate tags and of `_("…")` in others."""
    from django.utils.translation.template import templatize

    program = io.BytesIO(templatize(source).encode())
    for _line, _name, text, _notes in extract_python(program, {"gettext": None, "_": None}, [], {"encoding": "utf-8"}):
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
