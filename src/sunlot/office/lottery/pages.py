"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, OFFICE, READERS
from sunlot.office.shell.pages import Page, roles

_PREPARE = roles(CLERK, CHIEF)
PAGES = {
    "lottery:rounds": Page("抽查轮次", READERS, menu="抽查管理"),
    "lottery:new": Page("新建轮次", _PREPARE, under="lottery:rounds"),
    "lottery:round": Page("抽查轮次", READERS, under="lottery:rounds"),
    "lottery:plan": Page("方案", READERS, under="lottery:rounds", writers=_PREPARE),
    "lottery:sources": Page("种子来源", READERS, under="lottery:rounds", writers=_PREPARE),
    "lottery:check": Page("核查与送审", READERS, under="lottery:rounds", writers=_PREPARE),
    "lottery:excluded": Page("排除的单位", READERS, under="lottery:rounds"),
    "lottery:announce": Page("发布公告", OFFICE, under="lottery:rounds"),
    "lottery:drop": Page("放弃轮次", _PREPARE, under="lottery:rounds"),
    "lottery:draw": Page("公告与见证", READERS, under="lottery:rounds"),
    "lottery:request": Page("见证请求", READERS, under="lottery:rounds"),
    "lottery:cosign": Page("收取签署", OFFICE, under="lottery:rounds"),
    "lottery:seed": Page("种子", READERS, under="lottery:rounds"),
    "lottery:enter": Page("录入来源", OFFICE, under="lottery:rounds"),
    "lottery:withdraw": Page("撤回录入", OFFICE, under="lottery:rounds"),
    "lottery:seal": Page("登记种子", OFFICE, under="lottery:rounds"),
    "lottery:run": Page("计算结果", OFFICE, under="lottery:rounds"),
    "lottery:result": Page("抽取结果", READERS, under="lottery:rounds"),
    "lottery:teams": Page("检查组公告", READERS, under="lottery:rounds", writers=OFFICE),
    "lottery:explain": Page("为什么", READERS, under="lottery:rounds"),
    "lottery:substitute": Page("替换", _PREPARE, under="lottery:rounds"),
    "lottery:void": Page("作废", OFFICE, under="lottery:rounds"),
    "lottery:opening": Page("公开结果", _PREPARE, under="lottery:rounds"),
    "lottery:hour": Page("任务下达时间", _PREPARE, under="lottery:rounds"),
    "lottery:archive": Page("归档", READERS, under="lottery:rounds"),
    "lottery:printed": Page("打印件", READERS, under="lottery:rounds"),
    "lottery:bag": Page("证据包", READERS, under="lottery:rounds"),
    "lottery:discs": Page("光盘", READERS, under="lottery:rounds"),
    "lottery:make-discs": Page("制作光盘", OFFICE, under="lottery:discs"),
    "lottery:disc-file": Page("光盘文件", READERS, under="lottery:discs"),
    "lottery:disc": Page("登记光盘", OFFICE, under="lottery:discs"),
    "lottery:tasks": Page("我的检查任务", roles(INSPECTOR), menu="抽查管理"),
}
