"""Legal reviewers as a kind of import. A second person decides, and nobody brings in or approves his own qualification."""

from collections.abc import Mapping, Sequence
from typing import Any

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of, same_person
from sunlot.office.accounts.roles import ADMINISTRATORS, CHIEF, CLERK
from sunlot.office.cases.models import Ground, ReviewerQualification
from sunlot.office.cases.people import qualified
from sunlot.office.cases.reviewing import refuse_wrong
from sunlot.office.imports.kinds import ADDED, Comparison, ImportKind, Row, Touched
from sunlot.office.imports.rows import Fate, UnfitError, compared, key, one_of, wanted, whole_day
from sunlot.office.journal.services import Deed
from sunlot.office.shell.language import in_chinese
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

COLUMNS = {
    "name": "姓名",
    "username": "用户名",
    "ground": "资格依据",
    "certificate": "证书编号",
    "valid_from": "起始日期",
    "revoked_on": "停用日期",
}


def compare(rows: Sequence[Row], aside: Sequence[Row]) -> Comparison:
    """Return which qualifications are new, which are here (ended ones too), and which cannot be entered and why."""
    users = _users(rows)
    entered = ReviewerQualification.objects.filter(user__in=users.values())
    known = set(entered.values_list("user_id", "ground", "certificate", "valid_from"))
    qualify = set(qualified(today()).values_list("user_id", flat=True))

    def judge(row: Row) -> Fate:
        fields = _fields(row, users)
        holder = fields["user"]
        if (holder.pk, fields["ground"], fields["certificate"], fields["valid_from"]) in known:
            return "", "", ""
        if row["revoked_on"]:
            raise UnfitError(f"已于 {row['revoked_on']} 停用，未导入")
        if holder.pk in qualify:
            raise UnfitError(f"{holder.name} 已有有效的法制审核资格，或在文件中列了两次，未导入")
        if not holder.is_active or holder.role in ADMINISTRATORS:
            raise UnfitError(f"{holder.username} 不是在用的业务账号；三员不作法制审核，未导入")
        qualify.add(holder.pk)
        return ADDED, holder.name, f"{fields['certificate']}，{fields['valid_from']} 起"

    return compared(rows, "法制审核资格", judge, lambda row: row["name"] or row["username"])


def _users(rows: Sequence[Row]) -> dict[str, User]:
    found = User.objects.filter(username__in=[row["username"] for row in rows])
    return {user.username: user for user in found}


def _fields(row: Row, users: Mapping[str, User]) -> dict[str, Any]:
    """Return the qualification that a row says. Raises UnfitError, or Refusal for what the law does not allow."""
    with in_chinese():
        grounds = {str(code): str(title) for code, title in Ground.choices}
    holder = users.get(wanted(row, "username", "用户名", 40))
    if holder is None:
        raise UnfitError(f"没有用户名为 {row['username']} 的账号，未导入")
    if row["name"] not in ("", holder.name):
        raise UnfitError(f"用户名 {holder.username} 是{holder.name}，文件中写作{row['name']}，未导入")
    ground, certificate = one_of(row, "ground", "资格依据", grounds), wanted(row, "certificate", "证书编号", 60)
    valid_from = whole_day(row, "valid_from", "起始日期")
    refuse_wrong(ground, certificate, valid_from)
    return {"user": holder, "ground": ground, "certificate": certificate, "valid_from": valid_from}


def write(doing: Deed, rows: Sequence[Row]) -> list[Touched]:
    """Save the qualifications, each with its own event."""
    users, touched = _users(rows), []
    decides = doer_of(doing)
    for row in rows:
        entry = ReviewerQualification(**_fields(row, users))
        if same_person(decides, entry.user):
            raise Refusal("own_qualification", "本人的法制审核资格须由另一名负责人审批。")
        doing.save(entry)
        doing.record("case.reviewer-entered", f"u/{entry.user_id}", {})
        touched.append(Touched(str(entry.pk), entry.user.name, None, 1))
    return touched


def restore(doing: Deed, touched: Sequence[Touched]) -> list[str]:
    """End what was brought in; what has ended since stays as it is."""
    left = []
    rows = ReviewerQualification.objects.select_for_update().in_bulk([int(row.key) for row in touched])
    for row in touched:
        entry = rows[int(row.key)]
        if entry.revoked_on:
            left.append(row.key)
            continue
        entry.revoked_on, entry.why = today(), "撤销导入"
        doing.save(entry)
        doing.record("case.reviewer-ended", f"u/{entry.user_id}", {})
    return left


REVIEWERS = ImportKind(
    code="reviewers",
    title="法制审核人员",
    table="reviewers",
    columns=COLUMNS,
    key=key,
    compare=compare,
    write=write,
    restore=restore,
    always="登记法制审核资格须由另一名负责人批准",
    roles=frozenset({CLERK, CHIEF}),
)
