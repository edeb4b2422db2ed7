"""Remarks on inspectors: who must not be drawn, and why."""

import re

from sunlot.intake.table import Intake, Place

ON_DUTY = ("", "在岗")
RETIREMENT_AGE = 60


def judge_people(intake: Intake, places: list[Place], today: str) -> None:
    """Report people who are away, whose certificate has expired on `today` (ISO day), or who are past retirement age then."""
    for place in places:
        values = place.values
        values["specialities"] = "；".join(part for part in re.split(r"[、,，;；/\s]+", values["specialities"]) if part)
        values["role"] = {"执法人员": "inspector", "专家": "expert", "辅助人员": "helper", "辅助": "helper"}.get(
            values["role"], values["role"] or "inspector"
        )
        if values["state"] not in ON_DUTY:
            intake.note(
                place,
                place.row,
                "state",
                f"state_{values['state']}",
                values["state"],
                "不在岗，不能参加抽取",
                "返岗后更新状态",
                "flagged",
            )
        if not today:
            continue
        expiry = values["certificate_valid_to"]
        if expiry and expiry < today[: len(expiry)]:
            intake.note(
                place,
                place.row,
                "certificate_valid_to",
                "cert_expired",
                expiry,
                "执法证已过期，不能参加抽取",
                "换证后更新有效期",
                "flagged",
            )
        if values["birth"] and int(today[:4]) - int(values["birth"][:4]) >= RETIREMENT_AGE:
            intake.note(
                place,
                place.row,
                "birth",
                "over_retirement_age",
                values["birth"],
                "已到退休年龄",
                "核实是否在编在岗",
                "flagged",
            )
