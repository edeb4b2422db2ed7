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
    # bureau
    "bureau.described": "本机关登记为 {name}（{code}）",
    # imports
    "import.checked": "试运行{kind}导入 {batch}：新增 {added}、变更 {changed}、缺失 {missing}",
    "import.rows": "{kind}导入 {batch} 第 {part} 批：写入 {rows} 行",
    "import.marked": "{kind}导入 {batch} 第 {part} 批：{rows} 户不在新名录中，标为待核查",
    "import.applied": "{kind}导入 {batch} 生效：新增 {added}、变更 {changed}、标记 {marked}",
    "import.restored": "{kind}导入 {batch} 撤销第 {part} 批：恢复 {rows} 行",
    "import.undone": "撤销{kind}导入 {batch}：恢复 {restored} 行，{left} 行此后另有改动、保持不变",
    "import.dropped": "放弃{kind}导入 {batch}",
    # roster
    "roster.added": "{obj} 加入名录",
    "roster.changed": "{obj} 更改 {fields}",
    "roster.status": "{obj} 经营状态由“{before}”改为“{after}”",
    "roster.merged": "{obj} 并入 {into}",
    "roster.absorbed": "{obj} 并入了 {merged}",
    "roster.cause": "{obj} 列入加大力度（{cause}，{level} 级，至 {until}）",
    "roster.cause-withdrawn": "{obj} 撤销加大力度（{cause}）",
    "roster.visited": "{obj} 于 {date} 接受{kind}（抽取 {draw}）",
    "roster.snapshot": "{date} 名录快照：{size} 户，根 {root}",
    "roster.correction-asked": "{obj} 申请更正 {field}",
    "roster.correction-waiting": "{obj} 更正 {field} 已报审批",
    "roster.correction-accepted": "{obj} 更正 {field}：已更正",
    "roster.correction-refused": "{obj} 更正 {field}：不予更正",
    # inspectors
    "inspector.added": "检查人员 {inspector} 入库（{role}）",
    "inspector.changed": "检查人员 {inspector} 变更：{fields}",
    "inspector.merged": "检查人员 {duplicate} 是重复编号，并入 {inspector}",
    "inspector.imported": "导入检查人员 {added} 人，更新 {changed} 人",
    "certificate.added": "检查人员 {inspector} 登记执法证 {number}（有效期至 {valid_to}）",
    "certificate.revoked": "检查人员 {inspector} 的执法证 {number} 自 {day} 停用",
    "leave.entered": "登记一条请假（内容不公开）",
    "leave.cancelled": "撤销一条请假（内容不公开）",
    "leave.imported": "导入请假 {count} 条（内容不公开）",
    "recusal.declared": "提交回避声明 {declaration} 第 {version} 版（内容保密，待审批）",
    "recusal.settled": "回避声明 {declaration} 第 {version} 版经审批生效",
    "recusal.imported": "导入回避声明 {count} 份（内容保密，待审批）",
    # catalog
    # plan
    # lottery
    "round.started": "拟定抽查轮次“{title}”",
    "round.changed": "修改抽查轮次“{title}”",
    "round.team-sources": "抽查轮次“{title}”填写检查组的种子来源",
    "round.dropped": "放弃抽查轮次“{title}”：{reason}",
    "round.approved": "批准抽查轮次“{title}”（名录校验值 {digest}）",
    "round.announcing": "开始发布抽查轮次“{title}”的公告（抽取 {draw}）",
    "round.announced": "抽查轮次“{title}”的公告已发布（抽取 {draw}）",
    "round.not-announced": "抽查轮次“{title}”的公告没有发布成功，名录和编号都没有变化",
    "round.hour": "暗查轮次“{title}”的任务下达时间定为 {at}",
    "round.opened": "暗查抽取 {draw} 执行完毕，公开结果",
    "seed.entered": "抽取 {draw} 录入种子来源：{source}",
    "seed.withdrawn": "抽取 {draw} 撤回第 {source} 个来源的录入",
    "envelope.sealed": "抽取 {draw} 收到参与人 {participant} 的密封数承诺",
    "envelope.revealed": "抽取 {draw} 参与人 {participant} 揭晓密封数",
    "envelope.cleared": "抽取 {draw} 清空密封数承诺 {count} 个，由参与人重新密封",
    "envelope.signed": "抽取 {draw} 参与人 {participant} 签名",
    "draw.void-approved": "批准作废抽取 {draw}",
    "task.viewed": "{obj} 查看自己的检查任务（抽取 {draw}，{count} 户）",
    "draw.notice": "抽取 {draw} 发布企业抽取公告（第 {step} 步，核对码 {check_code}）",
    "draw.seed": "抽取 {draw} 登记企业阶段种子（第 {step} 步，核对码 {check_code}）",
    "draw.outcome": "抽取 {draw} 产生企业抽取结果（第 {step} 步，核对码 {check_code}）",
    "draw.teams-notice": "抽取 {draw} 发布检查组公告（第 {step} 步，核对码 {check_code}）",
    "draw.teams-seed": "抽取 {draw} 登记检查组阶段种子（第 {step} 步，核对码 {check_code}）",
    "draw.teams-outcome": "抽取 {draw} 产生检查组（第 {step} 步，核对码 {check_code}）",
    "draw.substitution": "抽取 {draw} 以候补替换（第 {step} 步，核对码 {check_code}）",
    "draw.void": "抽取 {draw} 作废（第 {step} 步，核对码 {check_code}）",
    "bag.made": "抽取 {draw} 制作证据包（校验值 {digest}）",
    "disc.made": "制作光盘映像，封号 {seal}（{copy}），抽取 {draws}，第 {number} 张共 {count} 张（映像校验值 {image}）",
    "disc.burned": "光盘 {seal}（{copy}，抽取 {draws}）已刻录，{read_back}",
    "disc.reread": "复读光盘 {seal}（{copy}，抽取 {draws}）：{size} 字节与登记的映像一致",
    "disc.differs": "复读光盘 {seal}（{copy}，抽取 {draws}）：与登记的映像不符，停用。{reason}",
    "disc.replaced": "光盘 {seal}（{copy}，抽取 {draws}）停用，由 {replaced_by} 代替。理由：{reason}",
    # ceremony
    "ceremony.opened": "抽查轮次“{title}”开设公开抽取",
    "ceremony.joining": "抽查轮次“{title}”公开抽取接受参与人：{open}",
    "envelope.joined": "抽取 {draw} 公开抽取的参与人 {participant} 到场",
}


def sentence(act: str, fields: dict[str, object]) -> str:
    """Return the Chinese sentence of an event. Raises KeyError for an act outside the vocabulary."""
    return SENTENCES[act].format_map(_Shown(fields))


class _Shown(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "（未载）"
