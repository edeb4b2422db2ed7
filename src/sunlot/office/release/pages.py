"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import CHIEF, CLERK, READERS
from sunlot.office.shell.pages import Page, roles

_PREPARE = roles(CLERK, CHIEF)
PAGES = {
    "release:list": Page("待公示结果", READERS, menu="公示监督"),
    "release:penalties": Page("待公示处罚", READERS, menu="公示监督"),
    "release:released": Page("已公示", READERS, menu="公示监督"),
    "release:visit": Page("公示预览", READERS, under="release:list"),
    "release:case": Page("公示预览", READERS, under="release:penalties"),
    "release:ask": Page("公示送审", _PREPARE, under="release:list"),
    "release:one": Page("公示详情", READERS, under="release:released"),
    "release:correct": Page("更正公示", _PREPARE, under="release:released"),
    "release:withdraw": Page("撤回公示", _PREPARE, under="release:released"),
}
