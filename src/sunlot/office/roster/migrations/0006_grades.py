"""The two grades that the table of caps asks for; blank where nobody has said them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roster", "0005_held")]

    operations = [
        migrations.AddField(
            model_name="firm",
            name="risk_class",
            field=models.CharField(
                blank=True,
                choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")],
                default="",
                max_length=4,
                verbose_name="安全风险分级",
            ),
        ),
        migrations.AddField(
            model_name="firm",
            name="standardization_level",
            field=models.CharField(
                blank=True,
                choices=[("一级", "一级"), ("二级", "二级"), ("三级", "三级"), ("未定级", "未定级")],
                default="",
                max_length=4,
                verbose_name="标准化等级",
            ),
        ),
    ]
