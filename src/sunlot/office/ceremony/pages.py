"""Who opens the pages of this app. The phones of those present need no account: the secret part of their address is their ticket."""

from sunlot.office.accounts.roles import OFFICE, READERS
from sunlot.office.shell.pages import ANYBODY, Page

PAGES = {
    "ceremony:desk": Page("公开抽取", READERS, under="lottery:rounds", writers=OFFICE),
    "ceremony:screen": Page("大屏", READERS, under="lottery:rounds"),
    "ceremony:state": Page("大屏数据", READERS, under="lottery:rounds"),
    "ceremony:minutes": Page("现场记录", READERS, under="lottery:rounds"),
    "ceremony:phone": Page("参与公开抽取", ANYBODY),
    "ceremony:told": Page("抽取进展", ANYBODY),
    "ceremony:do": Page("参与", ANYBODY),
}
