"""How a rehearsal (演练) says that it is none of the real thing."""

REHEARSAL = "【演练】"  # before the titles of its rounds, requests and things to do
WITHOUT_EFFECT = "演练，不具效力"  # on its pages and prints


def rehearsed(text: str) -> bool:
    """Return whether a title says that it belongs to a rehearsal.

    >>> rehearsed("【演练】作废抽取 379921Y-2026-0001"), rehearsed("发布抽取公告：第一次双随机抽查")
    (True, False)
    """
    return REHEARSAL in text or WITHOUT_EFFECT in text
