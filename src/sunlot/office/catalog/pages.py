"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import CHIEF, CLERK, READERS
from sunlot.office.shell.pages import ANYBODY, Page, roles

_EDITORS = roles(CLERK, CHIEF)
_IN, _OF, _OUT = "catalog:lists", "catalog:list", "catalog:public"
PAGES = {
    "catalog:lists": Page("事项清单", READERS, menu="一单两库"),
    "catalog:list": Page("清单", READERS, under=_IN),
    "catalog:difference": Page("版本对照", READERS, under=_IN),
    "catalog:doubts": Page("依据核对", READERS, under=_IN),
    "catalog:idle": Page("长期未实施事项", READERS, under=_IN),
    "catalog:item": Page("抽查事项", READERS, under=_IN),
    "catalog:start": Page("起草新版", _EDITORS, under=_IN),
    "catalog:head": Page("名称与说明", _EDITORS, under=_IN),
    "catalog:publish": Page("提交公布", _EDITORS, under=_IN),
    "catalog:discard": Page("放弃草稿", _EDITORS, under=_IN),
    "catalog:add": Page("新增事项", _EDITORS, under=_IN),
    "catalog:edit": Page("修改事项", _EDITORS, under=_IN),
    "catalog:remove": Page("删去事项", _EDITORS, under=_IN),
    "catalog:enable": Page("启用事项", _EDITORS, under=_IN),
    "catalog:disable": Page("停用事项", _EDITORS, under=_IN),
    "catalog:import": Page("从 Excel 导入清单", _EDITORS, under=_IN),
    "catalog:public": Page("现行清单（公开）", ANYBODY, menu="一单两库"),
    "catalog:edition": Page("清单版本", ANYBODY, under=_OUT),
    "catalog:file": Page("清单下载", ANYBODY, under=_OUT),
    "catalog:policy": Page("政策规则", READERS, menu="抽查管理"),
    "catalog:rule": Page("规则沿革", READERS, under="catalog:policy"),
    "catalog:packs": Page("政策包", READERS, under="catalog:policy"),
}
