"""Who opens the pages of this app. Who may review in law is said by a qualification, not by a role: the services refuse everybody else."""

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, OFFICE, READERS
from sunlot.office.shell.pages import Page, roles

_LIST = "cases:list"
_WORK = roles(CLERK, CHIEF, INSPECTOR)
_OFFICE, _READ, _STAFF = roles(CLERK, CHIEF), roles(READERS, INSPECTOR), roles(OFFICE, INSPECTOR)
PAGES: dict[str, Page] = {
    "cases:list": Page("行政处罚案件", READERS, menu="后续处置"),
    "cases:own": Page("我承办的案件", roles(INSPECTOR), menu="后续处置"),
    "cases:to-review": Page("法制审核", _STAFF, menu="后续处置"),
    "cases:violations": Page("违法行为信息库", READERS, menu="后续处置"),
    "cases:reviewers": Page("法制审核人员", READERS, menu="后续处置"),
    "cases:one": Page("案件详情", _READ, under=_LIST),
    "cases:new": Page("申请立案", _WORK, under=_LIST),
    "cases:ask": Page("再次送审", _WORK, under=_LIST),
    "cases:lay-aside": Page("不予立案", _OFFICE, under=_LIST),
    "cases:team": Page("更换承办人", _OFFICE, under=_LIST),
    "cases:evidence": Page("登记证据", _WORK, under=_LIST),
    "cases:evidence-file": Page("证据文件", _READ, under=_LIST),
    "cases:evidence-drop": Page("不再使用的证据", _WORK, under=_LIST),
    "cases:propose": Page("提出处理意见", _WORK, under=_LIST),
    "cases:review": Page("法制审核", _STAFF, under=_LIST),
    "cases:notice": Page("制作告知书", _WORK, under=_LIST),
    "cases:tell": Page("登记告知送达", _WORK, under=_LIST),
    "cases:defend": Page("登记陈述申辩", _WORK, under=_LIST),
    "cases:waive": Page("登记放弃权利", _WORK, under=_LIST),
    "cases:hearing-asked": Page("登记听证申请", _WORK, under=_LIST),
    "cases:hearing-called": Page("登记听证通知", _OFFICE, under=_LIST),
    "cases:hearing-held": Page("登记听证", _OFFICE, under=_LIST),
    "cases:hearing-dropped": Page("终止听证", _OFFICE, under=_LIST),
    "cases:discuss": Page("登记集体讨论", roles(LEADING), under=_LIST),
    "cases:decide": Page("报批决定", _WORK, under=_LIST),
    "cases:transfer": Page("移送司法机关", _WORK, under=_LIST),
    "cases:serve": Page("登记决定送达", _WORK, under=_LIST),
    "cases:pay": Page("登记缴款", _WORK, under=_LIST),
    "cases:execute": Page("登记执行完毕", _WORK, under=_LIST),
    "cases:close": Page("报批结案", _WORK, under=_LIST),
    "cases:revise": Page("退回补充调查", _WORK, under=_LIST),
    "cases:annul": Page("决定被撤销", _OFFICE, under=_LIST),
    "cases:paper": Page("案件文书", _READ, under=_LIST),
    "cases:violation": Page("违法行为信息", READERS, under="cases:violations"),
    "cases:found": Page("重大事故隐患列入", _WORK, under="cases:violations"),
    "cases:lift": Page("信用修复或撤回", _OFFICE, under="cases:violations"),
    "cases:settle": Page("加大力度与名录一致", _OFFICE, under="cases:violations"),
    "cases:reviewer-new": Page("登记法制审核资格", _OFFICE, under="cases:reviewers"),
    "cases:reviewer-end": Page("停用法制审核资格", _OFFICE, under="cases:reviewers"),
    "cases:reviewers-end": Page("停用所选", _OFFICE, under="cases:reviewers"),
    "cases:settle-many": Page("与名录核对一致", _OFFICE, under="cases:violations"),
}
