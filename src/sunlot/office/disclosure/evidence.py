"""The files of a draw that anybody may download, and its whole bag; made in memory, nothing is written or entered for it."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from sunlot.draw.deeds import read_private
from sunlot.evidence import titles
from sunlot.evidence.bag import bag_files
from sunlot.evidence.page import verifier_page
from sunlot.office.disclosure.standing import Openness, Standing, draw_of, policy
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal.models import Log
from sunlot.office.lottery.bags import evidence_of
from sunlot.office.lottery.register import register
from sunlot.refusal import Refusal

BEFORE_VISITS = {
    "notice": ("notice.json", "step.json"),
    "seed": ("seed.json", "step.json"),
    "void": ("void.json", "step.json"),
}
PERSONS = (
    "inspector_name",
    "certificate_number",
    "inspector_unit",
)  # fields of inspectors.csv and of the printed lists
WITH_PERSONS = ("inspectors.csv", "record.pdf", "result.xlsx")
NAMED = {"public", "staff_list_and_after_visit"}
TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
    "svg": "image/svg+xml",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
}


def type_of(name: str) -> str:
    """Return the media type of a file by its name."""
    return TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")


def persons_named() -> bool:
    """Return whether the policy lets inspectors be named after the visit."""
    return all(policy().openness(field) in NAMED for field in PERSONS)


def files_of(draw: Standing) -> dict[str, tuple[str, Path]]:
    """Return by path below the draw the title and the place of every file that is public now."""
    if draw.folder is None or draw.openness is Openness.SEALED:
        return {}
    found = {}
    for step in draw.folder.steps:
        for path in sorted(step.folder.iterdir()):
            early = path.name in BEFORE_VISITS.get(step.what, ())
            closed = path.name in WITH_PERSONS and not persons_named()
            if (draw.open and not closed) or early:
                found[f"{step.folder.name}/{path.name}"] = (titles.of_step_file(step.what, path.name), path)
    return found


def nonces_of(draw: Standing) -> Mapping[str, str]:
    """Return the opened nonces of an unannounced draw, nothing for an open one or while it is sealed."""
    if not (draw.open and draw.secret):
        return {}
    found: Mapping[str, str] = read_private(register(), draw.name)["nonces"]
    return found


@remembered
def bag_of(name: str) -> tuple[dict[str, bytes], str]:
    """Return the files of a draw's bag, or nothing and the Chinese sentence that says why there is none."""
    draw = draw_of(name)
    if draw is None or draw.folder is None or not draw.open:
        return {}, "名单公开之后才有证据包。"
    if not persons_named():
        return {}, "本机关的公开规则不公布检查人员姓名，证据包含有姓名，请到本机关核对。"
    try:
        evidence = evidence_of(Path(settings.HOME), draw.folder, None, nonces_of(draw))
        return bag_files(draw.folder, evidence, verifier_page()), ""
    except Log.DoesNotExist:
        return {}, "日志还没有启用。"
    except Refusal as refusal:
        return {}, refusal.sentence


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return files as a zip file below one folder, the same bytes for the same files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            file.writestr(entry, files[name])
    return data.getvalue()
