"""証明の塩. What makes a person's digests in the journal his own (`offices.proofs`)."""

from django.db import migrations, models

import sosei.offices.models


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="salt",
            field=models.CharField(
                blank=True,
                default=sosei.offices.models.new_salt,
                max_length=32,
                verbose_name="証明の塩",
            ),
        ),
    ]
