"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import CHIEF, CLERK, READERS, SECURITY, SYSTEM
from sunlot.office.shell.pages import Page, roles

_READERS = roles(READERS, SYSTEM, SECURITY)  # who keeps the accounts sees the imports of accounts
_IMPORTERS = roles(CLERK, CHIEF, SYSTEM)  # which kinds each of them, the kind says
PAGES = {
    "imports:list": Page("导入", _READERS, menu="一单两库"),
    "imports:new": Page("上传文件", _IMPORTERS, under="imports:list"),
    "imports:one": Page("导入批次", _READERS, under="imports:list"),
    "imports:report": Page("逐行报告", _READERS, under="imports:list"),
    "imports:changes": Page("将会改变的内容", _READERS, under="imports:list"),
    "imports:map": Page("列的对应", _IMPORTERS, under="imports:list"),
    "imports:again": Page("重新核对", _IMPORTERS, under="imports:list"),
    "imports:apply": Page("确认导入", _IMPORTERS, under="imports:list"),
    "imports:undo": Page("撤销导入", _IMPORTERS, under="imports:list"),
    "imports:drop": Page("放弃导入", _IMPORTERS, under="imports:list"),
    "imports:drop-many": Page("放弃所选批次", _IMPORTERS, under="imports:list"),
}
