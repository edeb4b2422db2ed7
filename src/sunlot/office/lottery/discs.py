"""Writing discs: making a set, and recording that a disc was burned, read again, or replaced.

The log remembers the hash of every image. Whoever reads a disc later compares with that, not with what the disc says of itself.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from sunlot.documents.disc_forms import COPIES
from sunlot.evidence.disc_read import Index, image_hash, open_disc
from sunlot.evidence.disc_set import BagFacts, DiscSet, plan_set
from sunlot.evidence.disc_writing import Image, whole_folder, write_images
from sunlot.evidence.errors import EvidenceError
from sunlot.office.journal.clock import now
from sunlot.office.journal.models import Event
from sunlot.office.journal.queries import leaf_of
from sunlot.office.journal.services import Deed, deed, take_log
from sunlot.office.lottery.disc_queries import burned_disc, logged_image, the_disc, why_differs
from sunlot.office.lottery.disc_sheets import write_sheets
from sunlot.office.lottery.models import Disc


def make_discs(
    bags: Sequence[Path], out: Path, capacity: int, by: str, also: Sequence[Path] = (), at: str = ""
) -> tuple[Path, list[Disc]]:
    """Write the images and forms of these bags into a new folder below `out`; return it and its discs, two for each image.

    The same bags made again give the same images under the seal numbers they have. Raises EvidenceError, leaving nothing behind,
    for a bag that the log does not know or that does not verify, for what does not fit, and when the disk is full.
    """
    planned = plan_set(bags, capacity, also)
    for bag in planned.bags:
        _known(bag)
    with whole_folder(out / f"{planned.name}-{planned.id[:8]}") as folder:
        images = write_images(planned, folder, capacity)
        discs = _enter(planned, images, by, at, lambda discs: write_sheets(discs, planned.content, images, folder))
    return out / f"{planned.name}-{planned.id[:8]}", discs


def burned(
    image: Path, copy: int, people: Sequence[str], by: str, drive: Path | None = None, at: str = ""
) -> tuple[Disc, str]:
    """Record that `copy` (1 正本, 2 副本) of an image was burned; return the disc and "" or, when `drive` was read back, how it differs.

    Raises EvidenceError when the image is not one that the log knows, or that copy has been burned already.
    """
    names = _names(people)
    rows = Disc.objects.filter(image=image_hash(image), copy=copy).exclude(state=Disc.State.REPLACED)
    disc = rows.order_by("seal").first()
    if disc is None:
        raise EvidenceError(
            "image_unknown", f"{image} 不是本机登记过的光盘映像；请用 sunlot disc make 制作的 .iso 文件。"
        )
    logged_image(disc)
    if disc.state != Disc.State.MADE:
        raise EvidenceError(
            "already_burned",
            f"光盘 {disc.seal}（{disc.get_copy_display()}）已登记刻录；重刻请先执行 sunlot disc replace。",
        )
    reason = why_differs(drive, disc) if drive else ""
    disc.burned_by, disc.burned_at = names, at or now()
    disc.state = Disc.State.DIFFERS if reason else Disc.State.BURNED
    read_back = "刻录后未回读" if drive is None else "刻录后回读不符" if reason else "刻录后回读一致"
    with deed(by=by, at=at) as doing:
        doing.save(disc)
        _record(doing, "disc.burned", disc, read_back=read_back)
        if reason:
            _record(doing, "disc.differs", disc, reason=reason)
    return disc, reason


def reread(drive: Path, people: Sequence[str], by: str, seal: str = "", at: str = "") -> tuple[Disc, str]:
    """Read a burned disc again and record it; return it and "" or how it differs from the image that the log knows.

    `drive`: the drive's device or a copy of its bytes. Raises EvidenceError when it is not clear which disc this is.
    """
    names = _names(people)
    disc = burned_disc(drive, seal)
    reason = why_differs(drive, disc)
    disc.reread_by, disc.reread_at = names, at or now()
    disc.state = Disc.State.DIFFERS if reason else Disc.State.BURNED
    with deed(by=by, at=at) as doing:
        doing.save(disc)
        if reason:
            _record(doing, "disc.differs", disc, reason=reason)
        else:
            _record(doing, "disc.reread", disc, size=disc.size)
    return disc, reason


def replace(image: Path, seal: str, reason: str, out: Path, by: str, at: str = "") -> Disc:
    """Put a disc out of use and return its successor, to be burned from the same image under a new seal number; its forms go to `out`.

    Raises EvidenceError when the image is not that disc's, when there is no reason, or when it has been replaced already.
    """
    old = the_disc(seal)
    if old.state == Disc.State.REPLACED:
        raise EvidenceError("already_replaced", f"光盘 {seal} 已由 {old.replaced_by} 代替。")
    if not reason.strip():
        raise EvidenceError("reason_missing", "请写明代替的理由，如“读取不符”“遗失”。")
    if image_hash(image) != logged_image(old):
        raise EvidenceError("image_differs", f"{image} 不是光盘 {seal} 登记的映像。")
    with open_disc(image) as disc:
        index: Index = disc.index()
    written = Image(image.name, index.number, old.label, old.size, old.image)
    with whole_folder(out) as folder, deed(by=by, at=at) as doing:
        take_log()
        new = Disc(seal=_next_seals(index.date, 1)[0], **{name: getattr(old, name) for name in SAME})
        old.state, old.replaced_by = Disc.State.REPLACED, new.seal
        doing.save(old)
        _record(doing, "disc.replaced", old, replaced_by=new.seal, reason=reason.strip())
        doing.save(new)
        _made(doing, new)
        write_sheets([new], index.content, [written], folder)
    return new


SAME = ("copy", "draws", "set_id", "number", "count", "label", "image", "size", "checkpoint")


def _known(bag: BagFacts) -> None:
    made = Event.objects.filter(obj=f"draw/{bag.draw}", act="bag.made")
    if not any(leaf_of(event)["pub"]["digest"] == bag.digest for event in made):
        raise EvidenceError(
            "bag_unknown",
            f"日志里没有抽取 {bag.draw} 的这个证据包（清单 {bag.digest[:16]}…）；请用本机 sunlot bag make 制作的证据包。",
        )


def _enter(
    planned: DiscSet, images: Sequence[Image], by: str, at: str, publish: Callable[[Sequence[Disc]], None]
) -> list[Disc]:
    """Give every image two seal numbers, unless it has them, and write the forms before anything is committed."""
    known = Disc.objects.filter(set_id=planned.id, image__in=[image.sha256 for image in images])
    discs = list(known.exclude(state=Disc.State.REPLACED).order_by("number", "copy"))
    if discs:
        publish(discs)
        return discs
    with deed(by=by, at=at) as doing:
        take_log()  # so that two who make discs at once do not get the same number
        seals = iter(_next_seals(max(bag.date for bag in planned.bags), 2 * len(images)))
        for image in images:
            for copy in Disc.Copy.values:
                discs.append(_disc(planned, image, copy, next(seals)))
                doing.save(discs[-1])
                _made(doing, discs[-1])
        publish(discs)
    return discs


def _disc(planned: DiscSet, image: Image, copy: int, seal: str) -> Disc:
    return Disc(
        seal=seal,
        copy=copy,
        draws="、".join(bag.draw for bag in planned.bags),
        set_id=planned.id,
        number=image.number,
        count=len(planned.discs),
        label=image.label,
        image=image.sha256,
        size=image.size,
        checkpoint=max(bag.checkpoint for bag in planned.bags),
    )


def _next_seals(date: str, count: int) -> list[str]:
    """Return the next seal numbers of the year, `2026-0007` and so on."""
    year = date[:4]
    last = Disc.objects.filter(seal__startswith=f"{year}-").order_by("-seal").values_list("seal", flat=True).first()
    first = int(last[5:]) + 1 if last else 1
    return [f"{year}-{number:04d}" for number in range(first, first + count)]


def _made(doing: Deed, disc: Disc) -> None:
    fields = {
        name: getattr(disc, name) for name in ("set_id", "number", "count", "label", "image", "size", "checkpoint")
    }
    _record(doing, "disc.made", disc, **fields)


def _record(doing: Deed, act: str, disc: Disc, **fields: object) -> None:
    pub = {"seal": disc.seal, "copy": COPIES[disc.copy], "draws": disc.draws}
    doing.record(act, f"disc/{disc.seal}", pub | fields)


def _names(people: Sequence[str]) -> str:
    names = [name.strip() for name in people if name.strip()]
    if not names:
        raise EvidenceError("people_missing", "请用 --by 写明经手人姓名，可写多次。")
    return "、".join(names)
