"""Who opens the pages of this app."""

from sunlot.office.accounts.roles import AUDITOR, READERS, SECURITY, SUPERVISOR
from sunlot.office.shell.pages import Page, roles

_WATCHERS, _AUDITOR = roles(AUDITOR, SUPERVISOR), roles(AUDITOR)
PAGES = {
    "records:events": Page("日志", _WATCHERS, menu="系统管理"),
    "records:event": Page("日志条目", _WATCHERS, under="records:events"),
    "records:proof": Page("下载证明", _WATCHERS, under="records:events"),
    "records:reveal": Page("查看所附个人信息", _AUDITOR, under="records:events"),
    "records:checkpoints": Page("检查点与见证", _WATCHERS, menu="系统管理"),
    "records:checkpoint": Page("检查点", _WATCHERS, under="records:checkpoints"),
    "records:sign": Page("签署检查点", _AUDITOR, under="records:checkpoints"),
    "records:cosigned": Page("收下见证签署", _AUDITOR, under="records:checkpoints"),
    "records:rule": Page("见证规则", roles(SECURITY), menu="系统管理"),
    "records:audit": Page("日志审计", _WATCHERS, menu="系统管理"),
    "records:history": Page("履历", READERS),
}
