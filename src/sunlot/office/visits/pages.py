"""Who opens the pages of this app. A firm needs no account: the secret part of its address is its ticket."""

from sunlot.office.accounts.roles import INSPECTOR, READERS
from sunlot.office.shell.pages import ANYBODY, Page, roles

_ON_SITE = roles(INSPECTOR)
PAGES = {
    "visits:list": Page("检查", READERS, menu="检查实施"),
    "visits:one": Page("检查详情", roles(READERS, INSPECTOR), under="visits:list"),
    "visits:api-today": Page("今日检查数据", _ON_SITE),
    "visits:api-changes": Page("现场录入数据", _ON_SITE),
    "visits:api-photo": Page("现场照片数据", _ON_SITE),
    "visits:api-record": Page("检查记录数据", _ON_SITE),
    "visits:code": Page("检查码", ANYBODY),
}
