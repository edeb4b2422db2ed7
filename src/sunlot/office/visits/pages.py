"""Who opens the pages of this app. A firm needs no account: the secret part of its address is its ticket."""

from sunlot.office.accounts.roles import APPROVERS, CHIEF, CLERK, INSPECTOR, READERS, SUPERVISOR
from sunlot.office.shell.pages import ANYBODY, Page, roles

_PREPARE, _SITE, _READ = roles(CLERK, CHIEF), roles(INSPECTOR), roles(READERS, INSPECTOR)
PAGES = {
    "visits:list": Page("检查", READERS, menu="检查实施"),
    "visits:own": Page("我的检查", _SITE, menu="检查实施"),
    "visits:complaints": Page("企业投诉", roles(SUPERVISOR), menu="检查实施"),
    "visits:doubts": Page("检查疑点", roles(APPROVERS, SUPERVISOR), menu="检查实施"),
    "visits:doubt": Page("核实疑点", APPROVERS, under="visits:doubts"),
    "visits:one": Page("检查详情", _READ, under="visits:list"),
    "visits:photo": Page("照片", _READ, under="visits:list"),
    "visits:record": Page("检查记录", _READ, under="visits:list"),
    "visits:new": Page("新增检查", _PREPARE, under="visits:list"),
    "visits:from-draw": Page("由抽取产生检查", _PREPARE, under="visits:list"),
    "visits:from-key": Page("重点单位检查", _PREPARE, under="visits:list"),
    "visits:from-key-arrange": Page("安排重点单位检查", _PREPARE, under="visits:from-key"),
    "visits:cancel-draw": Page("撤销作废抽取的检查", _PREPARE, under="visits:list"),
    "visits:notify": Page("通知企业", _PREPARE, under="visits:list"),
    "visits:cancel": Page("撤销检查", _PREPARE, under="visits:list"),
    "visits:mode": Page("检查方式", _PREPARE, under="visits:list"),
    "visits:ask": Page("检查送审", _PREPARE, under="visits:list"),
    "visits:amend": Page("更正记录", _PREPARE, under="visits:list"),
    "visits:report": Page("拒签报告", APPROVERS, under="visits:list"),
    "visits:team": Page("更换检查人员", _PREPARE, under="visits:list"),
    "visits:substitute": Page("以候补替换", _PREPARE, under="visits:list"),
    "visits:status": Page("更新经营状态", _PREPARE, under="visits:list"),
    "visits:fill": Page("检查清单", _SITE, under="visits:own"),
    "visits:check-in": Page("签到", _SITE, under="visits:own"),
    "visits:finding": Page("问题和隐患", _SITE, under="visits:own"),
    "visits:photograph": Page("拍照", _SITE, under="visits:own"),
    "visits:freeze": Page("形成检查记录", _SITE, under="visits:own"),
    "visits:go-on": Page("继续检查", _SITE, under="visits:own"),
    "visits:sign": Page("签字", _SITE, under="visits:own"),
    "visits:paper": Page("纸质签字", _SITE, under="visits:own"),
    "visits:complaint": Page("企业投诉", roles(SUPERVISOR), under="visits:complaints"),
    "visits:api-today": Page("今日检查数据", _SITE),
    "visits:api-changes": Page("现场录入数据", _SITE),
    "visits:api-photo": Page("现场照片数据", _SITE),
    "visits:api-record": Page("检查记录数据", _SITE),
    "visits:code": Page("检查码", ANYBODY),
}
