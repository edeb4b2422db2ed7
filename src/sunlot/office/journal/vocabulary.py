"""The closed vocabulary of events: what can happen, each with the Chinese sentence in which the public log reads it.

The braces name fields of the event's `pub`; `{by}` and `{obj}` are always there.
"""

SENTENCES = {
    # journal
    "log.opened": "日志 {origin} 启用（{suite}）",
    "log.policy": "见证规则更新：{summary}",
    "log.cosigned": "检查点（{size} 条）得到 {witness} 的共同签署",
    "log.audited": "审计日志：{size} 条，发现 {findings} 处",
    "log.revealed": "查看第 {event} 条日志所附的个人信息",
    "log.redacted": "依法删除 {fields} 的原文（依据：{basis}），凭据仍可核对",
    # accounts
    "account.opened": "开设账号 {username}（{title}）",
    "account.password": "{obj} 修改了自己的密码",
    "account.login": "{obj} 登录",
    "account.logout": "{obj} 退出",
    "account.expired": "{obj} 的会话因长时间没有操作而结束",
    "account.sessions-ended": "{obj} 结束了自己的其他会话 {sessions} 个",
    "account.failed": "以 {obj} 的用户名登录失败",
    "account.unknown": "有人以不存在的用户名登录失败",
    "account.locked": "{obj} 连续 {failures} 次登录失败，锁定 {minutes} 分钟",
    "account.unlocked": "解除 {obj} 的登录锁定",
    "account.changed": "修改账号 {obj} 的资料",
    "account.closed": "停用账号 {obj}",
    "account.reopened": "重新启用账号 {obj}",
    "account.role": "账号 {obj} 的岗位由{before}改为{after}",
    "account.password-reset": "重置 {obj} 的密码，首次登录须修改",
    "account.second-factor-on": "{obj} 启用动态口令",
    "account.second-factor-off": "{obj} 关闭动态口令",
    "account.second-factor-codes": "{obj} 重新生成恢复码 {codes} 个",
    "account.second-factor-reset": "重置 {obj} 的动态口令",
    "account.second-factor-rule": "{role}{rule}动态口令",
    # shell
    "access.denied": "{obj} 试图打开无权查看的页面 {page}",
    "data.exported": "导出“{list}”{rows} 行",
    # approvals
    "approval.asked": "申请审批：{title}",
    "approval.granted": "批准：{title}",
    "approval.refused": "退回：{title}",
    "approval.withdrawn": "撤回申请：{title}",
    # imports
    # roster
    # inspectors
    # catalog
    # plan
    # lottery
    "draw.notice": "抽取 {draw} 发布企业抽取公告（第 {step} 步，核对码 {check_code}）",
    "draw.seed": "抽取 {draw} 登记企业阶段种子（第 {step} 步，核对码 {check_code}）",
    "draw.outcome": "抽取 {draw} 产生企业抽取结果（第 {step} 步，核对码 {check_code}）",
    "draw.teams-notice": "抽取 {draw} 发布检查组公告（第 {step} 步，核对码 {check_code}）",
    "draw.teams-seed": "抽取 {draw} 登记检查组阶段种子（第 {step} 步，核对码 {check_code}）",
    "draw.teams-outcome": "抽取 {draw} 产生检查组（第 {step} 步，核对码 {check_code}）",
    "draw.substitution": "抽取 {draw} 以候补替换（第 {step} 步，核对码 {check_code}）",
    "draw.void": "抽取 {draw} 作废（第 {step} 步，核对码 {check_code}）",
    "bag.made": "抽取 {draw} 制作证据包（校验值 {digest}）",
    # ceremony
}


def sentence(act: str, fields: dict[str, object]) -> str:
    """Return the Chinese sentence of an event. Raises KeyError for an act outside the vocabulary."""
    return SENTENCES[act].format_map(_Shown(fields))


class _Shown(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "（未载）"
