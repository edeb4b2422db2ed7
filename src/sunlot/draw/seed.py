"""The seed: every named source with its evidence, and one hash over all (docs/draw-format.md section 3.1)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sunlot.draw import beacon
from sunlot.draw.canonical import hash_of
from sunlot.draw.errors import DrawError
from sunlot.draw.lotteries import GAMES, canonical_numbers
from sunlot.draw.moments import seconds_of, utc
from sunlot.draw.nonce import SECRET, commit_nonce
from sunlot.draw.sources import commit_reveal, describe, grade

BEIJING = 8 * 3600  # seconds ahead of UTC
HAND = re.compile(r"[0-9A-Za-z,]+")


def make_seed(notice_hash: str, nonce: str, texts: Sequence[str]) -> str:
    """Return the seed, 64 hex characters."""
    return hash_of("|".join(["sunlot/1", "seed", notice_hash, nonce, *texts]))


def record_sources(notice: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return `{"evidence", "text"}` for every source of the notice, in its order, each verified.

    `evidence`: what people hand in, one entry a source, each with `kind` and the fields of that kind.
    Raises DrawError for a source that is missing (then the draw waits: dropping one would be a choice between two
    seeds), forged, from another day, or entered by one person only.
    """
    if len(evidence) != len(notice["sources"]):
        raise DrawError(
            "source_missing",
            f"公告写明 {len(notice['sources'])} 个来源，交来 {len(evidence)} 个；缺一个就要等，不能省略。",
        )
    return [_record(notice, source, given) for source, given in zip(notice["sources"], evidence, strict=True)]


def _record(notice: Mapping[str, Any], source: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(given, Mapping) or given.get("kind") != source["kind"]:
        raise DrawError("source_missing", f"此处应为{describe(source)}，交来的不是；请按公告的顺序登记。")
    kept = {key: value for key, value in given.items() if key != "kind"}
    return {"text": _text(notice, source, given), "evidence": kept}


def _text(notice: Mapping[str, Any], source: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    kind = source["kind"]
    if kind == "drand":
        randomness = beacon.verify(
            source["chain"], source["round"], str(given.get("signature", "")), str(given.get("previous", ""))
        )
        return f"drand={source['chain']}/{source['round']}/{randomness}"
    if kind in GAMES:
        _two_people(source, given)
        if given.get("drawn_on") != beijing_day(source["known_at"]) or str(given.get("issue")) != source["issue"]:
            raise DrawError(
                "wrong_issue", f"{describe(source)}应在 {beijing_day(source['known_at'])} 开奖；登记的期号或日期不同。"
            )
        return f"{kind}={source['issue']}/{canonical_numbers(kind, str(given.get('numbers', '')))}"
    if kind == "hand":
        _two_people(source, given)
        value = str(given.get("value", "")).strip(" ")
        if not HAND.fullmatch(value):
            raise DrawError(
                "hand_malformed",
                f"{describe(source)}的结果只能写数字、字母和英文逗号，几个数之间用逗号隔开，不能用空格。",
            )
        return f"hand={source['label']}/{value}"
    return _reveal(notice, source, given)


def _reveal(notice: Mapping[str, Any], source: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """A reveal that did not come is written absent, publicly: it cannot stop the draw, and nobody gains by it."""
    if given.get("absent") is True and "value" in given:
        raise DrawError("reveal_malformed", f"{describe(source)}不能既写缺席又写数值；请只保留一项。")
    if given.get("absent") is True:
        return f"reveal={source['participant']}/absent"
    if "value" not in given:
        raise DrawError("source_missing", f"缺少{describe(source)}；请登记数值，或公开写明缺席（absent = true）。")
    value = str(given["value"])
    if value == "absent" or not re.fullmatch(r"[0-9A-Za-z]+", value):
        raise DrawError("reveal_malformed", f"{describe(source)}只能含数字和字母。")
    if commit_reveal(notice["draw"], notice["stage"], source["participant"], value) != source["commit"]:
        raise DrawError("reveal_differs", f"{describe(source)}与公告中的承诺值不符；不能改用别的数。")
    return f"reveal={source['participant']}/{value}"


def _two_people(source: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    people = given.get("entered_by", [])
    if not isinstance(people, list) or len({str(person).strip() for person in people} - {""}) < 2:
        raise DrawError("two_people_needed", f"{describe(source)}要由两人分别录入核对（entered_by 写两个人）。")


def beijing_day(moment: str) -> str:
    """Return the Beijing calendar day of a UTC time."""
    return utc(seconds_of(moment) + BEIJING)[:10]


def seed_record(
    notice: Mapping[str, Any], notice_hash: str, nonce: str, recorded: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what seed.json says, the nonce included."""
    return {
        "format": "sunlot/1 seed",
        "stage": notice["stage"],
        "draw": notice["draw"],
        "notice": notice_hash,
        "nonce": nonce,
        "sources": [dict(entry) for entry in recorded],
        "seed": make_seed(notice_hash, nonce, [entry["text"] for entry in recorded]),
        "grade": grade(notice["sources"], cosigned=False),
    }


def public_part(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record without nonce and seed, as it lies open while an unannounced draw is being carried out."""
    return {**record, "nonce": "withheld", "seed": "withheld"}


def check_seed_record(notice: Mapping[str, Any], notice_hash: str, record: Mapping[str, Any], nonce: str = "") -> None:
    """Raise DrawError unless every source is verified again and the record is exactly what follows."""
    try:
        evidence = [
            {"kind": source["kind"], **entry["evidence"]}
            for source, entry in zip(notice["sources"], record["sources"], strict=True)
        ]
        sealed = record["nonce"] == "withheld"
        used = nonce if sealed else record["nonce"]
    except (KeyError, TypeError, ValueError):
        raise DrawError("seed_differs", "seed.json 缺少内容或来源数与公告不同；请使用原始文件。") from None
    _check_nonce(notice, used, sealed)
    again = seed_record(notice, notice_hash, used, record_sources(notice, evidence))
    if (public_part(again) if sealed else again) != record:
        raise DrawError("seed_differs", "seed.json 与来源证据重算的种子不同；请使用原始文件。")


def _check_nonce(notice: Mapping[str, Any], used: Any, sealed: bool) -> None:
    """An unannounced draw has exactly one nonce, the committed one: leaving it out would be a second seed to choose."""
    if not notice["secret"]:
        if used or sealed or notice["nonce_commit"]:
            raise DrawError("seed_differs", "公开抽取不应有保密随机数；请核对公告。")
        return
    if sealed and not used:
        return
    if not isinstance(used, str) or not SECRET.fullmatch(used):
        raise DrawError("nonce_differs", "暗查抽取的种子必须含公告承诺的保密随机数（64 位小写十六进制），不能省略。")
    if commit_nonce(notice["draw"], notice["stage"], used) != notice["nonce_commit"]:
        raise DrawError("nonce_differs", "保密随机数与公告中的承诺值不符；请用任意两份份额重新恢复。")
