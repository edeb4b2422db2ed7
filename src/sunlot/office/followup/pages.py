"""Who opens the pages of this app. An inspector sees and follows up what belongs to his own visits; the rest of the office all."""

from sunlot.office.accounts.roles import CHIEF, CLERK, INSPECTOR, LEADING, PARTNER, READERS
from sunlot.office.shell.pages import Page, roles

_FOLLOW, _KEEP, _READ = roles(CLERK, CHIEF, INSPECTOR), roles(CLERK, CHIEF), roles(READERS, INSPECTOR)
_SEND = roles(CLERK, CHIEF, LEADING, INSPECTOR)
PAGES: dict[str, Page] = {
    "followup:orders": Page("责令限期整改", _READ, menu="后续处置"),
    "followup:hazards": Page("重大隐患台账", _READ, menu="后续处置"),
    "followup:transfers": Page("移送", _READ, menu="后续处置"),
    "followup:waivers": Page("不予列入和不责令的说明", READERS, menu="后续处置"),
    "followup:waiting": Page("待下达责令整改的检查", _FOLLOW, under="followup:orders"),
    "followup:issue": Page("下达责令限期整改", _FOLLOW, under="followup:orders"),
    "followup:waive": Page("不另行责令整改", _FOLLOW, under="followup:orders"),
    "followup:order": Page("责令限期整改详情", _READ, under="followup:orders"),
    "followup:serve": Page("登记送达", _FOLLOW, under="followup:orders"),
    "followup:cancel": Page("撤销责令限期整改", _FOLLOW, under="followup:orders"),
    "followup:extend": Page("申请延期", _FOLLOW, under="followup:orders"),
    "followup:submit": Page("延期报批", _FOLLOW, under="followup:orders"),
    "followup:hand-in": Page("提交整改材料", _FOLLOW, under="followup:orders"),
    "followup:recheck": Page("安排复查", _FOLLOW, under="followup:orders"),
    "followup:conclude": Page("填写复查结果", _FOLLOW, under="followup:orders"),
    "followup:propose-case": Page("建议立案", _FOLLOW, under="followup:orders"),
    "followup:file": Page("材料文件", _READ, under="followup:orders"),
    "followup:hazard": Page("重大隐患详情", _READ, under="followup:hazards"),
    "followup:proposed": Page("待列入台账的重大隐患", _FOLLOW, under="followup:hazards"),
    "followup:register": Page("列入重大隐患台账", _FOLLOW, under="followup:hazards"),
    "followup:waive-hazard": Page("不列入台账", _FOLLOW, under="followup:hazards"),
    "followup:new-hazard": Page("新增重大隐患", _KEEP, under="followup:hazards"),
    "followup:change-hazard": Page("修改重大隐患", _FOLLOW, under="followup:hazards"),
    "followup:hazard-evidence": Page("提交治理材料", _FOLLOW, under="followup:hazards"),
    "followup:sign-off": Page("申请销号", _FOLLOW, under="followup:hazards"),
    "followup:transfer": Page("移送详情", _READ, under="followup:transfers"),
    "followup:new-transfer": Page("新增移送", _SEND, under="followup:transfers"),
    "followup:dispatch": Page("登记发出", _SEND, under="followup:transfers"),
    "followup:urge": Page("登记催问", _SEND, under="followup:transfers"),
    "followup:incoming": Page("移送到本部门的事项", roles(PARTNER), menu="后续处置"),
    "followup:arrived": Page("移送事项详情", roles(PARTNER), under="followup:incoming"),
    "followup:acknowledge": Page("确认收到", roles(PARTNER), under="followup:incoming"),
    "followup:reply": Page("反馈处理结果", roles(PARTNER), under="followup:incoming"),
    "followup:receipt": Page("登记回执", _SEND, under="followup:transfers"),
    "followup:answer": Page("登记处理结果", _SEND, under="followup:transfers"),
    "followup:drop": Page("撤销移送", _SEND, under="followup:transfers"),
    "followup:receivers": Page("接收部门", _KEEP, under="followup:transfers"),
    "followup:new-receiver": Page("新增接收部门", _KEEP, under="followup:receivers"),
    "followup:receiver": Page("修改接收部门", _KEEP, under="followup:receivers"),
}
