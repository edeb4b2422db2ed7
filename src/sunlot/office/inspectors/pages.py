"""Who opens the pages of this app. Recusals: their owner and the chief; what an owner sees is only ever his own."""

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, OFFICE, PARTNER, READERS
from sunlot.office.shell.pages import ANYBODY, Page, roles

_COLLEAGUES = roles(READERS, INSPECTOR, PARTNER)
_CLERK = roles(CLERK)
_WHO_VISITS = roles(INSPECTOR, PARTNER, CLERK, CHIEF, LEADING)  # whoever may be in the roster himself
_OWNERS = roles(INSPECTOR, CHIEF)
PAGES = {
    "inspectors:list": Page("检查人员名录", _COLLEAGUES, menu="一单两库"),
    "inspectors:one": Page("检查人员", _COLLEAGUES, under="inspectors:list"),
    "inspectors:add": Page("新增人员", _CLERK, under="inspectors:list"),
    "inspectors:edit": Page("修改人员", _CLERK, under="inspectors:list"),
    "inspectors:many": Page("批量修改", _CLERK, under="inspectors:list"),
    "inspectors:certify": Page("登记执法证", _CLERK, under="inspectors:list"),
    "inspectors:revoke": Page("停用执法证", _CLERK, under="inspectors:list"),
    "inspectors:merge": Page("合并重复人员", _CLERK, under="inspectors:list"),
    "inspectors:health": Page("名录体检", OFFICE, under="inspectors:list"),
    "inspectors:drawable": Page("可抽取人员", READERS, under="inspectors:list"),
    "inspectors:leaves": Page("请假日历", _WHO_VISITS, menu="一单两库"),
    "inspectors:leave": Page("登记请假", _WHO_VISITS, under="inspectors:leaves"),
    "inspectors:leave-cancel": Page("撤销请假", _WHO_VISITS, under="inspectors:leaves"),
    "inspectors:recusals": Page("我的回避声明", _OWNERS, menu="一单两库"),
    "inspectors:declare": Page("申报回避", _OWNERS, under="inspectors:recusals"),
    "inspectors:recusal": Page("回避声明", _OWNERS, under="inspectors:recusals"),
    "inspectors:recusal-revise": Page("修改回避声明", _OWNERS, under="inspectors:recusals"),
    "inspectors:recusal-withdraw": Page("撤销回避声明", _OWNERS, under="inspectors:recusals"),
    "inspectors:declared": Page("回避声明审批", roles(CHIEF), menu="一单两库"),
    "inspectors:counts": Page("回避声明统计", ANYBODY),
}
