from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0007_clock_doubt"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="given_up",
            field=models.BooleanField(default=False, verbose_name="已重新起草"),
        ),
    ]
