from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0010_complaint_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="rating",
            name="queued",
            field=models.BooleanField(default=False, verbose_name="当日过多"),
        ),
    ]
