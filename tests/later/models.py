"""あとの版の表. `LATER` says which program it is: the second one renamed the table and two columns, and added two."""

import os

from django.db import models

from sosei.journal.models import Fact

if os.environ.get("LATER") == "first":

    class Thing(Fact):
        title = models.TextField()
        unit = models.TextField(null=True)
        weight = models.IntegerField(default=1)
        parts = models.JSONField(default=list)

else:

    class Item(Fact):
        table_known_as = "later.thing"
        known_as = {"name": "title"}

        name = models.TextField()
        unit = models.TextField(null=True)
        mass = models.DecimalField(max_digits=9, decimal_places=2, default=5)
        parts = models.JSONField(default=list)
        note = models.TextField(null=True)
        done = models.BooleanField(default=False)
