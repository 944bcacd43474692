"""鍵の番号. Each line says with which key it is sealed; the end of a chain, which one is in force."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="chain", name="key", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="chain", name="mark", field=models.CharField(default="", max_length=16)
        ),
        migrations.AddField(
            model_name="entry",
            name="key",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="鍵の番号"),
        ),
    ]
