from django.db import migrations, models

from sosei.journal.moving import Sealed


def units(apps, editor):
    apps.get_model("later", "Thing").objects.filter(unit="人").update(unit="名")


class Migration(migrations.Migration):
    dependencies = [("later", "0001_initial")]
    operations = [
        migrations.AddField("thing", "note", models.TextField(null=True)),
        migrations.AddField("thing", "done", models.BooleanField(default=False)),
        migrations.RenameField("thing", "title", "name"),
        Sealed(
            "later.0002_more",
            tables=["later.thing"],
            operations=[
                migrations.RunPython(units),
                migrations.RenameField("thing", "weight", "mass"),
                migrations.AlterField(
                    "thing", "mass", models.DecimalField(max_digits=9, decimal_places=2, default=5)
                ),
            ],
        ),
        migrations.RenameModel("Thing", "Item"),
    ]
