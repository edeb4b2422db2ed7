"""Of which day and how long a log the pages speak. A written page shows it as a picture, so that it need not be written again whenever the log grows."""

from django.utils.html import escape
from django.utils.translation import gettext as _

from sunlot.draw.canonical import dumps
from sunlot.ledger.checkpoint import parse_checkpoint
from sunlot.ledger.note import parse_note
from sunlot.office.disclosure import tiles
from sunlot.office.disclosure.registry import Answer, Pages, Visit, frame, register

LINE = '<text x="0" y="{y}">{text}</text>'
STYLE = "font:15px 'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;fill:#4a5260"


def register_pages() -> None:
    """Add the picture, the page and the data."""
    register(
        Pages("as-of/picture.svg", picture, translated=True, listed=False),
        Pages("as-of/index.html", page, translated=True),
        Pages("as-of/index.json", data),
    )


def picture(visit: Visit) -> Answer:
    """The two lines that stand at the foot of every written page."""
    facts = frame()
    lines = (
        _("截至 %(day)s，日志共 %(size)d 条，") % {"day": facts["as_of"], "size": facts["log_size"]},
        _("其中前 %(size)d 条已由外部见证人共同签署。") % {"size": facts["anchored_size"]},
    )
    told = "".join(LINE.format(y=20 + 24 * at, text=escape(line)) for at, line in enumerate(lines))
    return Answer(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="52" viewBox="0 0 400 52" style="{STYLE}">{told}</svg>\n'.encode(),
        "image/svg+xml",
    )


def page(visit: Visit) -> Answer:
    """The same in words, with what the log had come to."""
    return visit.page("as_of.html", {"checkpoint": _checkpoint()})


def data(visit: Visit) -> Answer:
    """The same as data."""
    facts = frame()
    told = {"date": str(facts["as_of"]), "log_size": facts["log_size"], "anchored_size": facts["anchored_size"]}
    return Answer(dumps({"format": "sunlot-public/1 as of", **told, "checkpoint": _checkpoint()}), "application/json")


def _checkpoint() -> dict[str, object]:
    """Return size and root of the published checkpoint, nothing before the first."""
    if (found := tiles.latest()) is None:
        return {}
    return {"size": found.size, "root": parse_checkpoint(parse_note(found.note).text).root.hex()}
