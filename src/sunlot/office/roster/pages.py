"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import CLERK, READERS
from sunlot.office.shell.pages import ANYBODY, Page, roles

_CLERK = roles(CLERK)
PAGES = {
    "roster:list": Page("检查对象名录", READERS, menu="一单两库"),
    "roster:one": Page("检查对象", READERS, under="roster:list"),
    "roster:history": Page("变更历史", READERS, under="roster:list"),
    "roster:add": Page("新增单位", _CLERK, under="roster:list"),
    "roster:many": Page("批量修改", _CLERK, under="roster:list"),
    "roster:confirm": Page("标记今日核对无误", _CLERK, under="roster:list"),
    "roster:edit": Page("修改单位", _CLERK, under="roster:list"),
    "roster:status": Page("更改经营状态", _CLERK, under="roster:list"),
    "roster:visit": Page("登记检查", _CLERK, under="roster:list"),
    "roster:cause": Page("列入加大力度", _CLERK, under="roster:list"),
    "roster:correct": Page("登记更正申请", _CLERK, under="roster:list"),
    "roster:health": Page("名录体检", READERS, menu="一单两库"),
    "roster:ailing": Page("体检结果", READERS, under="roster:health"),
    "roster:duplicates": Page("疑似重复", READERS, under="roster:health"),
    "roster:pair": Page("对照与合并", _CLERK, under="roster:duplicates"),
    "roster:apart": Page("认定为两户", _CLERK, under="roster:duplicates"),
    "roster:visits": Page("检查台账", READERS, menu="一单两库"),
    "roster:causes": Page("加大力度情形", READERS, menu="一单两库"),
    "roster:uncause": Page("撤销加大力度", _CLERK, under="roster:causes"),
    "roster:uncause-many": Page("撤销所选", _CLERK, under="roster:causes"),
    "roster:corrections": Page("更正申请", READERS, menu="一单两库"),
    "roster:correction": Page("更正申请", READERS, under="roster:corrections"),
    "roster:decide": Page("办理更正申请", _CLERK, under="roster:corrections"),
    "roster:accept-many": Page("予以更正", _CLERK, under="roster:corrections"),
    "roster:decline-many": Page("不予更正", _CLERK, under="roster:corrections"),
    "roster:snapshots": Page("名录快照", READERS, menu="一单两库"),
    "roster:snapshot": Page("拍摄快照", _CLERK, under="roster:snapshots"),
    "roster:difference": Page("快照对照", READERS, under="roster:snapshots"),
    "roster:public": Page("名录快照公示", ANYBODY),
}
