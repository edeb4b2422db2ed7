"""`sunlot journal …`: the office's log from the shell. Checkpoints, witnesses, proofs and the audit."""

import argparse
import os
from pathlib import Path

from sunlot.commands.witness import write_qr
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.handover import unpack
from sunlot.office.start import open_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the log."""
    parser.add_argument("--register", type=Path, default=Path("draws"), help="存放全部抽取的文件夹（默认 draws）")
    parser.add_argument("--home", type=Path, help="网页办公时：办公室文件夹，用它的日志和抽取")
    deeds = parser.add_subparsers(
        dest="deed", required=True, metavar="init|checkpoint|policy|request|cosigned|show|proof|redact|audit"
    )
    init = deeds.add_parser("init", help="启用日志，生成签名密钥，显示公钥")
    init.add_argument("origin", help="日志名称，如 yj.qinghe.example")
    init.add_argument("--suite", choices=["sha256", "sm3"], default="sha256", help="哈希算法，启用后不能更改")
    init.add_argument("--sm2", action="store_true", help="另加一行 SM2 签名")
    init.set_defaults(run=_init)
    deeds.add_parser("checkpoint", help="签署现在的检查点").set_defaults(run=_checkpoint)
    policy = deeds.add_parser("policy", help="显示或更换见证规则")
    policy.add_argument("file", type=Path, nargs="?", help="新规则文件（C2SP tlog-policy）")
    policy.set_defaults(run=_policy)
    request = deeds.add_parser("request", help="为一个见证人写出见证请求")
    request.add_argument("witness", help="见证人在规则里的名字")
    request.add_argument("--from", dest="old", type=int, help="见证人上次见到的条数（默认按本机记录）")
    request.add_argument("--out", type=Path, default=Path("request.txt"), help="写到哪个文件")
    request.add_argument("--qr", type=Path, help="另存为二维码图片（PNG）")
    request.set_defaults(run=_request)
    cosigned = deeds.add_parser("cosigned", help="收下见证人的签署")
    cosigned.add_argument("file", type=Path, help="见证人交回的文件")
    cosigned.set_defaults(run=_cosigned)
    show = deeds.add_parser("show", help="列出日志（最近的在后）")
    show.add_argument("--last", type=int, default=20, help="条数")
    show.set_defaults(run=_show)
    proof = deeds.add_parser("proof", help="写出一条日志的证明文件")
    proof.add_argument("seq", type=int, help="序号")
    proof.add_argument("--out", type=Path, help="写到哪个文件（默认 <序号>.tlog-proof）")
    proof.set_defaults(run=_proof)
    redact = deeds.add_parser("redact", help="依法删除一条日志所附的个人信息；凭据仍可核对")
    redact.add_argument("seq", type=int)
    redact.add_argument("fields", nargs="+", help="字段")
    redact.add_argument("--basis", required=True, help="法律依据")
    redact.set_defaults(run=_redact)
    audit = deeds.add_parser("audit", help="审计：重算全部哈希，与检查点和业务表逐项核对")
    audit.add_argument("--against", type=Path, action="append", default=[], help="外部保存的检查点文件，可写多次")
    audit.add_argument("--enter", action="store_true", help="把这次审计记入日志（默认只读，不写任何东西）")
    audit.set_defaults(run=_audit)


def home_of(register: Path) -> Path:
    """Return the office's folder for a register of draws: its database and keys lie where only the office reads."""
    return register / ".private" / "office"


def enter_steps(register: Path, origin: str) -> None:
    """Enter what the log does not know yet of the register's draws and say where it stands; the log is opened on first use.

    A step that is in its folder stays there whatever happens here: the next command enters it.
    """
    home = home_of(register)
    open_office(home)
    from sunlot.office.journal import checkpoints
    from sunlot.office.journal.models import Log
    from sunlot.office.lottery.services import catch_up

    if not Log.objects.exists():
        checkpoints.open_log(home, origin)
    if row := catch_up(home, register, "u/console"):
        print(f"已记入日志：{checkpoints.describe(row)}")


def refuse_held_before(register: Path, draw: str) -> None:
    """Raise LedgerError when the log knows a draw of this number: its folder was removed, and it must not be held a second time."""
    home = home_of(register)
    if not home.is_dir() and not os.environ.get("SUNLOT_DATABASE"):
        return  # there is no log yet
    open_office(home)
    from sunlot.office.lottery import services

    services.refuse_held_before(draw)


def refuse_unanchored(register: Path, draw: str, notice: str) -> None:
    """Raise LedgerError when the office has named witnesses and none of them has cosigned this draw's notice yet."""
    open_office(home_of(register))
    from sunlot.office.journal import checkpoints, queries
    from sunlot.office.journal.models import Event, Log

    log = Log.objects.first()
    if log is None or checkpoints.policy_of(log).quorum == "none":
        return
    event = Event.objects.filter(obj=f"draw/{draw}", act=f"draw.{notice}").order_by("-seq").first()
    if event is None or queries.standing(event)[0] != queries.ANCHORED:
        raise LedgerError(
            "notice_unanchored",
            "公告尚未锚定：请先取得见证（sunlot journal request → witness sign → journal cosigned）。确实无法取得时加 --unanchored，结果的信任等级会降低并写明。",
        )


def _open(options: argparse.Namespace) -> Path:
    home = options.home or home_of(options.register)
    if options.home and not (home / "office.sqlite3").exists() and not os.environ.get("SUNLOT_DATABASE"):
        raise LedgerError("office_missing", f"{home} 里没有办公室；请核对文件夹，或先执行 sunlot office init。")
    open_office(home)
    from sunlot.office.journal.models import Log

    if options.deed != "init" and not Log.objects.exists():
        raise LedgerError("log_missing", "日志还没有启用；请先执行 sunlot journal init 名称。")
    return home


def _init(options: argparse.Namespace) -> int:
    home = _open(options)
    from sunlot.office.journal import checkpoints

    log = checkpoints.open_log(home, options.origin, options.suite, options.sm2)
    checkpoints.sign(home)
    print(f"日志 {log.origin}（{log.suite}）已启用。公钥（交给见证人登记，并公布）：\n{log.keys}")
    return 0


def _checkpoint(options: argparse.Namespace) -> int:
    home = _open(options)
    from sunlot.office.journal import checkpoints

    row = checkpoints.sign(home)
    print(checkpoints.describe(row) + "\n" + row.note, end="")
    return 0


def _policy(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.journal import checkpoints
    from sunlot.office.journal.store import the_log

    if options.file:
        checkpoints.set_policy(options.file.read_text(encoding="utf-8"), "u/console")
    print(the_log().policy, end="")
    return 0


def _request(options: argparse.Namespace) -> int:
    home = _open(options)
    from sunlot.office.journal import checkpoints

    old = checkpoints.last_seen(options.witness) if options.old is None else options.old
    row = checkpoints.to_cosign(home, options.witness, old)
    text = checkpoints.request(row, old).text
    options.out.write_text(text, encoding="utf-8")
    if options.qr:
        write_qr(text, options.qr)
    print(f"见证请求（从 {old} 条到 {row.size} 条）写到 {options.out}；请交见证人执行 sunlot witness sign。")
    return 0


def _cosigned(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.journal import checkpoints

    row, names = checkpoints.take_cosignatures(unpack(options.file.read_text(encoding="utf-8")), "u/console")
    print(f"收到 {'、'.join(names)} 的签署。{checkpoints.describe(row)}")
    return 0


def _show(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.journal import queries
    from sunlot.office.journal.models import Event

    for event in reversed(list(Event.objects.order_by("-seq")[: options.last])):
        print(f"{event.seq:>6}  {queries.leaf_of(event)['at']}  {queries.reads(event)}  [{queries.standing(event)[0]}]")
    return 0


def _proof(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.journal import queries
    from sunlot.office.journal.models import Event

    event = Event.objects.filter(seq=options.seq).first()
    if event is None:
        raise LedgerError("event_missing", f"没有第 {options.seq} 条日志。")
    out = options.out or Path(f"{options.seq}.tlog-proof")
    out.write_text(queries.proof_of(event).text, encoding="utf-8")
    out.with_suffix(".json").write_text(event.leaf, encoding="utf-8")
    print(f"证明写到 {out}，原文写到 {out.with_suffix('.json')}：{queries.reads(event)} [{queries.standing(event)[0]}]")
    return 0


def _redact(options: argparse.Namespace) -> int:
    _open(options)
    from sunlot.office.journal.redaction import redact

    count = redact(options.seq, options.fields, options.basis, "u/console")
    print(f"已删除 {count} 项个人信息；第 {options.seq} 条的凭据和证明不变。")
    return 0


def _audit(options: argparse.Namespace) -> int:
    """Exit 0: nothing found; 1: something is not as it should be."""
    _open(options)
    from sunlot.office.journal.audit import audit, enter
    from sunlot.office.lottery.folders import folder_findings

    outside = [path.read_text(encoding="utf-8") for path in options.against]
    register = options.home / "draws" if options.home else options.register
    report = audit(outside, besides=folder_findings(register))
    for finding in report.findings:
        print(f"[不符] {finding.obj}：{finding.text}")
    anchored = f"前 {report.anchored} 条已锚定" if report.anchored else "尚未锚定（没有见证人的共同签署）"
    print(
        f"共 {report.size} 条，{anchored}；其后 {report.size - report.anchored} 条目前只凭本机。发现 {len(report.findings)} 处。"
    )
    if options.enter:
        enter(report, "u/console")
        print("这次审计已记入日志。")
    return 1 if report.findings else 0
