"""What the office knows of its draws."""

from django.db import models

from sunlot.office.journal.tracked import tracked


@tracked(public=("state", "title", "steps", "check_code", "rehearsal"))
class Draw(models.Model):
    """One draw (一次抽取): its number, how far it is and the hash that stands for every byte of its folder."""

    id = models.CharField("抽取编号", primary_key=True, max_length=40)
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=20)
    steps = models.PositiveSmallIntegerField("步骤数")
    check_code = models.CharField("核对码", max_length=64)
    rehearsal = models.BooleanField("演练", default=False)

    class Meta:
        verbose_name = "抽取"

    def __str__(self) -> str:
        return self.id
