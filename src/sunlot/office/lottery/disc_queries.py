"""What the log knows of discs, and how a disc in the hand differs from it."""

from collections.abc import Iterator
from pathlib import Path

from sunlot.draw.verify import DIFFERS, EQUAL, OUTSIDE, Line
from sunlot.evidence.disc_check import check_files
from sunlot.evidence.disc_read import Index, image_hash, open_disc, raw_hash
from sunlot.evidence.errors import EvidenceError
from sunlot.office.journal import queries
from sunlot.office.journal.models import Event
from sunlot.office.lottery.models import Disc


def the_disc(seal: str) -> Disc:
    """Return the disc with a seal number as printed or typed: 2026-0007, 封〔2026〕0007号. Raises EvidenceError."""
    digits = "".join(letter for letter in seal if letter.isdecimal())
    disc = Disc.objects.filter(pk=f"{digits[:4]}-{digits[4:].zfill(4)}").first()
    if disc is None:
        raise EvidenceError("seal_unknown", f"没有封号为“{seal}”的光盘；封号印在盘面标签和封存记录上，如 2026-0007。")
    return disc


def made_event(disc: Disc) -> Event:
    """Return the event in which the log took up this disc. Raises EvidenceError when there is none."""
    event = Event.objects.filter(obj=f"disc/{disc.seal}", act="disc.made").order_by("seq").first()
    if event is None:
        raise EvidenceError("disc_not_logged", f"日志里没有光盘 {disc.seal} 的登记；请先执行 sunlot journal audit。")
    return event


def logged_image(disc: Disc) -> str:
    """Return the SHA-256 of the disc's image as the log has it. Raises EvidenceError when the table says otherwise."""
    image = str(queries.leaf_of(made_event(disc))["pub"]["image"])
    if image != disc.image:
        raise EvidenceError(
            "table_differs", f"光盘 {disc.seal} 的登记表与日志不一致：表被绕过系统改动；请先执行 sunlot journal audit。"
        )
    return image


def burned_disc(drive: Path, seal: str) -> Disc:
    """Return the disc that is in the drive: by its seal number, else by what it says of itself when only one disc fits.

    Raises EvidenceError when none or several fit, or when it has not been burned or is out of use.
    """
    if seal:
        disc = the_disc(seal)
        if disc.state == Disc.State.MADE:
            raise EvidenceError("not_burned", f"光盘 {disc.seal} 还没有登记刻录；请先执行 sunlot disc burned。")
        if disc.state == Disc.State.REPLACED:
            raise EvidenceError("already_replaced", f"光盘 {disc.seal} 已停用，由 {disc.replaced_by} 代替。")
        return disc
    index = _index(drive)
    rows = Disc.objects.filter(state__in=[Disc.State.BURNED, Disc.State.DIFFERS]).order_by("seal")
    if isinstance(index, Index):
        rows = rows.filter(set_id=index.set_id, number=index.number)
    found = list(rows[:20])
    if len(found) == 1:
        return found[0]
    if not found:
        raise EvidenceError("disc_unknown", "登记里没有已刻录的这张光盘；如知道封号，请用 --seal 写明，以便记录不符。")
    seals = "、".join(f"{disc.seal}（{disc.get_copy_display()}）" for disc in found)
    raise EvidenceError("which_disc", f"正本和副本内容相同，请用 --seal 写明盘面上的封号：{seals}。")


def why_differs(drive: Path, disc: Disc) -> str:
    """Return "" when the drive's bytes are the image that the log knows, else a sentence that names the difference.

    Raises EvidenceError when the drive cannot be opened at all: that says nothing of the disc.
    """
    wanted = logged_image(disc)
    try:
        if raw_hash(drive, disc.size) == wanted:
            return ""
        unread = ""
    except EvidenceError as error:
        if error.kind == "cannot_open":
            raise
        unread = error.sentence
    index = _index(drive)
    if isinstance(index, str):
        return unread or index
    if told := _other(index, disc):
        return told
    if unread:
        return unread
    try:
        lines = [line.text for line in check_files(drive) if line.kind == DIFFERS]
    except EvidenceError as error:
        lines = [error.sentence]
    return lines[0] if lines else "各文件相符，但目录或空白处有字节与登记的映像不同：不是原来的光盘。"


def _other(index: Index, disc: Disc) -> str:
    """Return how the disc in the hand is another one than `disc`, or "" when it says it is that one."""
    draws, checkpoint = "、".join(index.draws), max(bag["checkpoint"] for bag in index.content["bags"])
    if draws != disc.draws:
        return f"装的是抽取 {draws} 的证据包，不是登记的 {disc.draws}：拿错或被调换。"
    if checkpoint != disc.checkpoint:
        which = "较早" if checkpoint < disc.checkpoint else "较晚"
        return f"装的是同一抽取{which}的证据包：日志检查点 {checkpoint} 条，登记的是 {disc.checkpoint} 条。"
    if index.number != disc.number:
        return f"是同类光盘的第 {index.number} 张，登记的是第 {disc.number} 张。"
    if index.set_id != disc.set_id:
        return f"是另一套光盘（整套编号 {index.set_id[:16]}…，登记的是 {disc.set_id[:16]}…）：文件或清单被改。"
    return ""


def _index(drive: Path) -> Index | str:
    """Return what the disc says of itself, or why it says nothing."""
    try:
        with open_disc(drive) as disc:
            return disc.index()
    except EvidenceError as error:
        return error.sentence


def standing(image: Path, seal: str = "") -> Iterator[Line]:
    """Yield how an image compares with what the log knows: equal under these seal numbers, or what it is instead."""
    if image.is_dir():
        yield Line(OUTSIDE, f"{image} 是打开的光盘，这里只核对文件；整盘与日志的比较请执行 sunlot disc reread")
        return
    sha256 = image_hash(image)
    rows = [the_disc(seal)] if seal else list(Disc.objects.filter(image=sha256).order_by("seal"))
    same = [disc for disc in rows if logged_image(disc) == sha256]
    if same:
        event = made_event(same[0])
        seals = "、".join(f"{disc.seal}（{disc.get_copy_display()}，{disc.get_state_display()}）" for disc in same)
        anchored = queries.standing(event)[0]
        yield Line(
            EQUAL, f"{image.name} 与日志第 {event.seq} 条登记的映像一致（{anchored}）：封号 {seals}；SHA-256 {sha256}"
        )
        return
    yield Line(DIFFERS, f"{image.name}（SHA-256 {sha256}）不是登记的映像：{_what_instead(image, rows)}")


def _what_instead(image: Path, rows: list[Disc]) -> str:
    index = _index(image)
    if not rows and isinstance(index, Index):
        same = Disc.objects.filter(set_id=index.set_id, number=index.number)
        rows = list(same[:1] or Disc.objects.filter(draws="、".join(index.draws)).order_by("-checkpoint", "number")[:1])
    if rows:
        return f"与封号 {rows[0].seal} 相比，{why_differs(image, rows[0])}"
    draws = f"抽取 {'、'.join(index.draws)} 的" if isinstance(index, Index) else ""
    return f"日志里没有{draws}任何光盘。" if draws else f"{index}"
