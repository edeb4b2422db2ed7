"""`sunlot witness init | trust | sign | compare | show`: the witness on another PC (纪检监察机构、上级机关), offline by file or QR code.

It remembers of each log only how many entries it had and their root. Its folder never visits the office's machine.
"""

import argparse
import contextlib
import json
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sunlot.files import locked, private_file, replace_file
from sunlot.ledger.checkpoint import open_checkpoint
from sunlot.ledger.errors import LedgerError
from sunlot.ledger.handover import pack, unpack
from sunlot.ledger.keys import COSIGNATURE, Signer, read_signer, read_verifier, signer_of
from sunlot.ledger.note import parse_note
from sunlot.ledger.suites import SUITES
from sunlot.ledger.witness import Memory, answer, compare, parse_request


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the five deeds of a witness."""
    parser.add_argument("--home", type=Path, default=Path("witness"), help="见证人的文件夹（默认 witness）")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="init|trust|sign|compare|show")
    init = deeds.add_parser("init", help="生成见证密钥，显示公钥")
    init.add_argument("name", help="见证人名称，如 jijian.qinghe.example")
    init.set_defaults(run=_init)
    trust = deeds.add_parser("trust", help="登记一个日志的公钥（当面或用纸质核对）")
    trust.add_argument("key", help="日志公钥一行")
    trust.add_argument("--suite", choices=sorted(SUITES), default="sha256", help="日志的哈希算法")
    trust.set_defaults(run=_trust)
    sign = deeds.add_parser("sign", help="核对见证请求并签署；历史被改写的日志一律拒绝")
    sign.add_argument("request", help="请求文件；写 - 则从扫描枪（标准输入）读取")
    sign.add_argument("--out", type=Path, help="签署结果写到哪个文件（默认显示在屏幕上）")
    sign.add_argument("--qr", type=Path, help="另存为二维码图片（PNG）")
    sign.set_defaults(run=_sign)
    compare = deeds.add_parser(
        "compare", help="与另一见证人（或报纸、光盘）手里的检查点比较：日志有没有给两方看不同的历史"
    )
    compare.add_argument("other", type=Path, nargs="+", help="对方保存的检查点或见证请求文件，可写多个")
    compare.set_defaults(run=_compare)
    deeds.add_parser("show", help="显示公钥和记住的各日志条数、根哈希").set_defaults(run=_show)


def _init(options: argparse.Namespace) -> int:
    key = options.home / "witness.key"
    if key.exists():
        raise LedgerError("key_exists", f"{key} 已有见证密钥；不能覆盖。")
    signer = signer_of(options.name, secrets.token_bytes(32), COSIGNATURE)
    private_file(key, signer.text + "\n")
    print(f"见证公钥（请抄给日志所在单位，写入其见证规则）：\n{signer.verifier.text}")
    return 0


def _trust(options: argparse.Namespace) -> int:
    key = read_verifier(options.key)
    with _memory(options.home) as logs:
        known = logs.setdefault(key.name, {"keys": [], "suite": options.suite, "size": 0, "root": ""})
        if known["keys"] and options.key not in known["keys"]:
            raise LedgerError("log_known", f"日志 {key.name} 已登记另一把公钥；更换公钥须先查明原因，再手工修改。")
        known["keys"] = [key.text]
    print(f"已登记日志 {key.name}")
    return 0


def _sign(options: argparse.Namespace) -> int:
    text = sys.stdin.read() if options.request == "-" else Path(options.request).read_text(encoding="utf-8")
    signer = _signer(options.home)
    with _memory(options.home) as logs:
        request = parse_request(unpack(text))
        known = logs.get(request.checkpoint.text.split("\n")[0], {"keys": [], "suite": "sha256", "size": 0, "root": ""})
        keys = [read_verifier(line) for line in known["keys"]]
        before = Memory(known["size"], bytes.fromhex(known["root"])) if known["size"] else None
        line, after = answer(request, before, keys, signer, int(time.time()), SUITES[known["suite"]])
        known.update(size=after.size, root=after.root.hex())
    if options.out:
        options.out.write_text(line.line, encoding="utf-8")
    if options.qr:
        write_qr(line.line, options.qr)
    print(f"已核对并签署：{after.size} 条，根哈希 {after.root.hex()}\n{line.line}", end="")
    return 0


def _compare(options: argparse.Namespace) -> int:
    """Exit 0: all are what this witness saw; 3: one has another size, so that nothing follows. A split view is a refusal, code 2."""
    with _memory(options.home) as logs:
        seen = {name: (known, [read_verifier(line) for line in known["keys"]]) for name, known in logs.items()}
    code = 0
    for path in options.other:
        text = unpack(path.read_text(encoding="utf-8"))
        note = parse_request(text).checkpoint if text.startswith("old ") else parse_note(text)
        name = note.text.split("\n")[0]
        known, keys = seen.get(name, ({"size": 0}, []))
        other = open_checkpoint(note, keys)
        if not known["size"]:
            raise LedgerError("never_seen", f"本见证人还没有签署过日志 {name}，没有可比较的。")
        if compare(Memory(known["size"], bytes.fromhex(known["root"])), other):
            print(f"{path}：与本见证人见到的相同（{other.size} 条，根哈希 {other.root.hex()}）")
        else:
            print(
                f"{path}：有 {other.size} 条，本见证人见到 {known['size']} 条，无法直接比较；"
                "请双方都签署最新的检查点后再比（分叉的日志做不到两边都签）。"
            )
            code = 3
    return code


def _show(options: argparse.Namespace) -> int:
    print(f"见证公钥：{_signer(options.home).verifier.text}")
    with _memory(options.home) as logs:
        for name, known in sorted(logs.items()):
            print(f"{name}：{known['size']} 条，根哈希 {known['root'] or '（尚未见过）'}")
    return 0


def _signer(home: Path) -> Signer:
    try:
        return read_signer((home / "witness.key").read_text().strip())
    except FileNotFoundError:
        raise LedgerError("key_missing", f"{home} 里没有见证密钥；请先执行 sunlot witness init 名称。") from None


@contextlib.contextmanager
def _memory(home: Path) -> Iterator[dict[str, Any]]:
    """Hand out what is remembered, and keep it when the deed went well: on the disk before the signature leaves this machine."""
    path = home / "memory.json"
    with locked(home / ".lock"):
        logs: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        yield logs
        replace_file(path, json.dumps(logs, indent=1, sort_keys=True, ensure_ascii=False).encode(), mode=0o600)


def write_qr(text: str, path: Path) -> None:
    """Write the packed text as a QR code. Raises LedgerError when it is too long for one."""
    import segno

    try:
        segno.make(pack(text), error="l", micro=False).save(str(path), scale=4)
    except segno.DataOverflowError:
        raise LedgerError("qr_too_small", "内容太长，一个二维码放不下；请改用文件。") from None
