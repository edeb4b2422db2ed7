"""The second factor (动态口令): six figures from a person's phone, RFC 6238, with ten recovery codes for the day the phone is lost."""

from base64 import b32encode
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from sunlot.office.accounts.models import SecondFactorRule, User
from sunlot.office.accounts.queries import must_use_second_factor
from sunlot.office.accounts.roles import Role, chinese
from sunlot.office.accounts.services import take
from sunlot.office.journal.services import Deed, deed
from sunlot.refusal import Refusal

CODES = 10


def begin(user: User) -> TOTPDevice:
    """Return the device that waits for its first code, made on first use. Raises Refusal when the second factor is on already."""
    if user.second_factor:
        raise Refusal("second_factor_on", "动态口令已经启用。")
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "totp"})
    return device


def secret_of(device: TOTPDevice) -> str:
    """Return the device's secret as phones take it by hand: base32 in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def confirm(user: User, code: str) -> list[str]:
    """Turn the second factor on with a code from the phone and return the recovery codes, to be shown once. Raises Refusal for a wrong code."""
    device = begin(user)
    if not _accepts(device, code):
        raise Refusal("code_wrong", _why_not(device))
    with deed(by=user.actor) as doing:
        take(user)
        device.confirmed = True
        device.save()
        user.second_factor = True
        doing.save(user)
        codes = _new_codes(user)
        doing.record("account.second-factor-on", user.actor, {})
    return codes


def verify(user: User, code: str) -> str:
    """Return `totp` or `recovery`, whichever accepted the code. Raises Refusal: wrong, used already, or too many tries just now."""
    code = "".join(code.split()).lower()
    totp = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    if len(code) == 6 and totp is not None:
        if _accepts(totp, code):
            return "totp"
        raise Refusal("code_wrong", _why_not(totp))
    spare = StaticDevice.objects.filter(user=user).first()
    if spare is not None and _accepts(spare, code):
        return "recovery"
    raise Refusal("code_wrong", _why_not(spare))


def codes_left(user: User) -> int:
    """Return how many recovery codes have not been used."""
    return int(StaticToken.objects.filter(device__user=user).count())


def renew_codes(user: User, code: str) -> list[str]:
    """Return ten new recovery codes, to be shown once; the old ones are void."""
    verify(user, code)
    with deed(by=user.actor) as doing:
        codes = _new_codes(user)
        doing.record("account.second-factor-codes", user.actor, {"codes": CODES})
    return codes


def turn_off(user: User, code: str) -> None:
    """Turn one's own second factor off. Raises Refusal where the role must use it, or for a wrong code."""
    if must_use_second_factor(user.role):
        raise Refusal("second_factor_required", f"{user.get_role_display()}必须使用动态口令，不能关闭。")
    verify(user, code)
    with deed(by=user.actor) as doing:
        _remove(doing, user)
        doing.record("account.second-factor-off", user.actor, {})


def reset(by: User, user: User) -> None:
    """Take the second factor from somebody who lost his phone. Raises Refusal for one's own account, and where there is none."""
    if by.pk == user.pk:
        raise Refusal("own_account", "不能重置自己的动态口令，请由另一名安全管理员办理。")
    if not user.second_factor:
        raise Refusal("second_factor_missing", "这个账号没有启用动态口令。")
    with deed(by=by.actor) as doing:
        _remove(doing, user)
        doing.record("account.second-factor-reset", user.actor, {})


def require(by: User, roles: set[str]) -> None:
    """Make the second factor compulsory for these roles and for no others, from each person's next login on."""
    with deed(by=by.actor) as doing:
        for role in Role.values:
            rule = SecondFactorRule.objects.select_for_update().filter(role=role).first() or SecondFactorRule(role=role)
            if rule.required != (role in roles):
                rule.required = role in roles
                doing.save(rule)
                wanted = "须使用" if rule.required else "可不使用"
                doing.record("account.second-factor-rule", f"role/{role}", {"role": chinese(role), "rule": wanted})


def _accepts(device: Device, code: str) -> bool:
    """Return whether the device accepts the code; two requests with one code cannot both pass."""
    with transaction.atomic():
        locked = type(device).objects.select_for_update().get(pk=device.pk)
        accepted: bool = locked.verify_token(code)
    device.refresh_from_db()
    return accepted


def _why_not(device: Device | None) -> str:
    allowed, why = device.verify_is_allowed() if device is not None else (True, None)
    if allowed or not why or why["failure_count"] < 4:
        return "口令不对：请输入手机上现在显示的六位数字，或一个没有用过的恢复码。每个口令只能用一次；手机时间须准确。"
    until: datetime = why["locked_until"]
    return f"口令错误次数过多，请在 {timezone.localtime(until):%H:%M:%S} 之后再试，或请安全管理员重置动态口令。"


def _new_codes(user: User) -> list[str]:
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _remove(doing: Deed, user: User) -> None:
    take(user)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    user.second_factor = False
    doing.save(user)
