"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import CHIEF, CLERK, PARTNER, READERS
from sunlot.office.shell.pages import ANYBODY, Page, roles

_READ = roles(READERS)
_WRITE = roles(CLERK, CHIEF)
PAGES: dict[str, Page] = {
    "plan:list": Page("年度计划", _READ, menu="抽查管理"),
    "plan:new": Page("起草年度计划", _WRITE, under="plan:list"),
    "plan:one": Page("计划内容", _READ, under="plan:list"),
    "plan:ours": Page("本部门参加的轮次", roles(PARTNER), menu="抽查管理"),
    "plan:figures": Page("人员与工作日", _WRITE, under="plan:list"),
    "plan:rounds": Page("检查轮次", _READ, under="plan:list"),
    "plan:round_add": Page("增加轮次", _WRITE, under="plan:list"),
    "plan:round_edit": Page("修改轮次", _WRITE, under="plan:list"),
    "plan:round_drop": Page("删去轮次", _WRITE, under="plan:list"),
    "plan:rounds_drop": Page("删去所选轮次", _WRITE, under="plan:list"),
    "plan:keys": Page("重点单位名单", _READ, under="plan:list"),
    "plan:key_add": Page("加入重点单位", _WRITE, under="plan:list"),
    "plan:key_off": Page("移出名单", _WRITE, under="plan:list"),
    "plan:key_place": Page("列入轮次", _WRITE, under="plan:list"),
    "plan:submit": Page("送审", _WRITE, under="plan:list"),
    "plan:drop": Page("放弃草稿", _WRITE, under="plan:list"),
    "plan:take_back": Page("退回修改", _WRITE, under="plan:list"),
    "plan:file": Page("登记备案", _WRITE, under="plan:list"),
    "plan:publish": Page("登记公布", _WRITE, under="plan:list"),
    "plan:amend": Page("修订", _WRITE, under="plan:list"),
    "plan:diff": Page("版本对照", _READ, under="plan:list"),
    "plan:what_if": Page("能力测算", _READ, under="plan:list"),
    "plan:caps": Page("频次上限", _READ, menu="抽查管理"),
    "plan:calculator": Page("工作日计算", _READ, menu="抽查管理"),
    "plan:printed": Page("核对已印发的计划", _READ, menu="抽查管理"),
    "plan:word": Page("计划 Word 文件", _READ, under="plan:list"),
    "plan:print": Page("打印计划", _READ, under="plan:list"),
    "plan:public": Page("年度监督检查计划公开", ANYBODY),
    "plan:public_year": Page("年度监督检查计划", ANYBODY),
    "plan:public_word": Page("年度监督检查计划 Word 文件", ANYBODY),
}
