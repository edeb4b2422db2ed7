"""The tables of the journal. Nothing in `Event` is ever changed or deleted; personal values stand in `Opening`, which may be."""

from typing import Any

from django.db import models


class NumberField(models.BigIntegerField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A 64-bit key that is SQLite's own row number there, so that appending writes one tree less."""

    def db_type(self, connection: Any) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"


class Log(models.Model):
    """The log itself: one row, which is also the lock of whoever appends. `policy`: whose cosignatures are enough (C2SP tlog-policy)."""

    origin = models.CharField("日志名称", max_length=200, unique=True)
    suite = models.CharField("哈希算法", max_length=10, default="sha256")
    keys = models.TextField("签名公钥", default="")
    policy = models.TextField("见证规则", default="")

    class Meta:
        verbose_name = "日志"


class Event(models.Model):
    """One leaf. `leaf` is what is hashed; `act` and `obj` repeat two of its fields for searching, and the audit compares them."""

    seq = NumberField("序号", primary_key=True)
    act = models.CharField("事项", max_length=40)
    obj = models.CharField("对象", max_length=80, db_index=True)
    leaf = models.TextField("原文")

    class Meta:
        verbose_name = "日志条目"


class Node(models.Model):
    """The hash over 256 nodes of the level below (level 1: over 256 leaves); roots and proofs need at most 256 rows a level."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()


class Opening(models.Model):
    """What opens a commitment. Deleting it by law leaves every proof as it was."""

    seq = models.BigIntegerField("序号", db_index=True)
    name = models.CharField("字段", max_length=160)
    salt = models.BinaryField("盐")
    value = models.TextField("内容")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seq", "name"], name="one_opening_a_field")]


class Checkpoint(models.Model):
    """A signed checkpoint with the cosignatures that have come in. `anchored`: the quorum of the policy was met."""

    size = models.BigIntegerField("条数", primary_key=True)
    note = models.TextField("签名原文")
    anchored = models.BooleanField("已锚定", default=False, db_index=True)

    class Meta:
        verbose_name = "检查点"
