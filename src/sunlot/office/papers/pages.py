"""Who opens the pages of this app. An inspector sees and makes the papers of his own visits only."""

from sunlot.office.accounts.roles import APPROVERS, CHIEF, CLERK, INSPECTOR, READERS
from sunlot.office.shell.pages import Page, roles

_READ, _WRITE = roles(READERS, INSPECTOR), roles(CLERK, CHIEF, INSPECTOR)
PAGES: dict[str, Page] = {
    "papers:list": Page("文书", _READ, menu="检查实施"),
    "papers:register": Page("文号登记簿", READERS, under="papers:list"),
    "papers:blanks": Page("空白文书", _READ, under="papers:list"),
    "papers:blank": Page("空白文书", _READ, under="papers:blanks"),
    "papers:check": Page("核对文书", _READ, under="papers:list"),
    "papers:one": Page("文书详情", _READ, under="papers:list"),
    "papers:pdf": Page("文书（PDF）", _READ, under="papers:list"),
    "papers:word": Page("文书（Word）", _READ, under="papers:list"),
    "papers:scanned": Page("签字页扫描件", _READ, under="papers:list"),
    "papers:to-sign": Page("检查记录（供签字）", _READ, under="papers:list"),
    "papers:new": Page("制作文书", _WRITE, under="papers:list"),
    "papers:scan": Page("上传签字页", _WRITE, under="papers:list"),
    "papers:serve": Page("登记送达", _WRITE, under="papers:list"),
    "papers:stamp": Page("申请用印", _WRITE, under="papers:list"),
    "papers:seal": Page("本机关印章", APPROVERS, under="papers:list"),
    "papers:seal-picture": Page("本机关印章（图像）", APPROVERS, under="papers:seal"),
    "papers:seal-withdraw": Page("停用印章图像", APPROVERS, under="papers:seal"),
    "papers:void": Page("作废文书", _WRITE, under="papers:list"),
    "papers:void-many": Page("申请作废所选", _WRITE, under="papers:list"),
    "papers:case": Page("案卷", _READ, under="papers:list"),
    "papers:cover": Page("案卷首页", _WRITE, under="papers:list"),
}
