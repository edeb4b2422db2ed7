"""What each role comes to do, in the order in which it is done: for somebody who sees the office for the first time."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sunlot.office.access import pages
from sunlot.office.accounts import roles

WORK = (
    ("imports:list", lazy("导入 Excel 名录，先看逐行报告再生效；改错了可以撤销")),
    ("roster:health", lazy("久未核对、联系不上、缺项、证件到期")),
    ("catalog:lists", lazy("没有列入的不得检查；修订要另一人批准公布")),
    ("plan:list", lazy("算工作日，排轮次，送审、备案、公布")),
    ("lottery:rounds", lazy("从方案到公告、种子、结果、检查组、归档，一步一页")),
)
WATCH = (
    ("lottery:rounds", lazy("每一步固定了什么，谁见证过")),
    ("records:events", lazy("每一件事都在，改动过的会被审计点名")),
    ("records:audit", lazy("重算全部日志，与见证人的检查点和数据表逐行比较")),
    ("records:checkpoints", lazy("带走一份，日后比对")),
)
GUIDES = {
    roles.CLERK: WORK,
    roles.CHIEF: (
        ("approvals:list", lazy("名录、清单、计划、公告、作废都由另一人批准")),
        *WORK[2:],
        ("inspectors:declared", lazy("只有您和本人看得到")),
    ),
    roles.LEADING: (("approvals:list", lazy("计划、公告、作废、公开")), *WORK[3:]),
    roles.SUPERVISOR: WATCH,
    roles.AUDITOR: WATCH,
    roles.INSPECTOR: (
        ("lottery:tasks", lazy("抽到您的检查，暗查到时间才显示")),
        ("inspectors:leaves", lazy("请假期间不会被抽到")),
        ("inspectors:recusals", lazy("亲属、股份、任职，只有您和审批人看得到")),
    ),
    roles.SYSTEM: (
        ("bureau:show", lazy("代码和名称，抽取编号和文书从这里取")),
        ("administration:users", lazy("开设、停用账号；岗位由安全管理员批准")),
    ),
    roles.SECURITY: (
        ("administration:users", lazy("岗位、初始密码、解锁")),
        ("administration:rules", lazy("哪些岗位必须用动态口令")),
    ),
    roles.PARTNER: (
        ("inspectors:list", lazy("本部门的执法人员")),
        ("plan:ours", lazy("本部门参加的联合检查轮次")),
        ("catalog:public", lazy("现行有效的随机抽查事项")),
    ),
}


def guide(role: str) -> list[dict[str, Any]]:
    """Return the pages of a role with a sentence each, those it may open."""
    table = pages()
    return [
        {"title": _(table[name].title), "text": text, "url": reverse(name)}
        for name, text in GUIDES.get(role, ())
        if name in table and table[name].open_to(role)
    ]
