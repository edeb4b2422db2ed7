"""The Chinese titles of a bag's files; their names are ASCII, so that no archive spoils them."""

STEPS = {
    "notice": "企业抽取公告",
    "seed": "企业阶段种子",
    "outcome": "企业抽取结果",
    "teams-notice": "检查组公告",
    "teams-seed": "检查组阶段种子",
    "teams-outcome": "检查组抽取结果",
    "substitution": "替换",
    "addition": "追加",
    "void": "作废",
}
FILES = {
    "step.json": "步骤登记",
    "notice.json": "公告",
    "firms.csv": "检查对象名录（承诺时）",
    "inspectors.csv": "检查人员名录（承诺时）",
    "seed.json": "种子及来源证据",
    "outcome.json": "结果",
    "edges.csv": "每名人员到每户的机会",
    "absent.csv": "不参加的组合及理由",
    "record.pdf": "抽取记录（可打印）",
    "result.xlsx": "名单（Excel）",
    "substitution.json": "替换登记",
    "addition.json": "追加登记",
    "void.json": "作废登记",
}
LOG = {
    "json": "日志条目原文",
    "tlog-proof": "日志条目证明",
    "consistency.txt": "检查点前后一致的证明",
    "checkpoint.txt": "最近的检查点",
    "policy.txt": "见证规则",
}


def of_step_file(what: str, name: str) -> str:
    """Return the title of a file of a step."""
    return f"{STEPS.get(what, what)}：{FILES.get(name, name)}"


def of_log_file(name: str) -> str:
    """Return the title of a file of the log."""
    return LOG.get(name) or LOG[name.rpartition(".")[2]]
