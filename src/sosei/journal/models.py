"""証跡の表. The journal's lines, the past of rows, and `Fact`, which every row of the book is.

`Fact` rows change only through `journal.acts`: each change raises `stamp`, keeps what was before in `Past`, and puts
the digest of the new content into the journal's line. So a row changed behind the program's back is found, and the
book as of any moment can be put together (`journal.past`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from sosei.journal import contents


class Fact(models.Model):
    """事実. A row of the book. `body`: 全国地方公共団体コード of whose book it is. Nothing is deleted: voided.

    `since`: when the present content was recorded. `stamp`: number of contents so far; who saves says which one he saw.
    """

    body = models.CharField("団体コード", max_length=6, db_index=True)
    stamp = models.PositiveIntegerField("版", default=1)
    since = models.DateTimeField("記録日時")
    voided = models.DateTimeField("取消日時", null=True, blank=True)
    void_reason = models.TextField("取消の理由", blank=True, default="")

    class Meta:
        """No table of its own."""

        abstract = True

    #: Of figures that are never rewritten: columns that say what a figure is of. A newer one takes the older's place
    #: (its `until`), and both are told as one change.
    takes_place_of: ClassVar[tuple[str, ...]] = ()

    #: What a person calls a row of this kind, for sentences: the subclass's verbose_name unless it says better.
    def called(self) -> str:
        """Return what a person calls this row."""
        return str(self._meta.verbose_name)

    #: Columns and the table that were renamed: present name → the name that the journal knows, which never changes.
    known_as: ClassVar[Mapping[str, str]] = {}
    table_known_as: ClassVar[str] = ""

    @classmethod
    def table(cls) -> str:
        """Return the name by which the journal knows the table ("ledger.line")."""
        return cls.table_known_as or cls._meta.label_lower

    def content(self) -> dict[str, Any]:
        """Return every column of the row as loaded, by name."""
        return contents.content(self)

    def kept(self) -> dict[str, Any]:
        """Return what the row says as it is digested, and kept in `Past`: only what says something."""
        return contents.kept(self, self.known_as)

    @classmethod
    def of_content(cls, said: Mapping[str, Any]) -> Any:
        """Return the row that a content (as kept in `Past`) was; never saved."""
        return cls(**contents.whole(cls, said, cls.known_as))


class Chain(models.Model):
    """鎖の先端. The last line of a body's journal: locked while a line is added, so that lines never share a number.

    `key`, `mark`: number and fingerprint of the key that seals the next line; 0 and empty: there is none yet.
    """

    body = models.CharField(max_length=6, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    key = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=16, default="")

    class Meta:
        """Names."""

        verbose_name = "証跡の先端"
        verbose_name_plural = verbose_name


class Entry(models.Model):
    """証跡の一行. One act: who, when, what, which rows with which digest; sealed over the line before.

    `by`: number of the person, None for the program itself; names stand elsewhere, so that no personal value is here.
    `rows`: [table, id, stamp, digest] of every row written. `facts`: counts, numbers, hashes; never a personal value.
    `key`: number of the key that made the seal and the digests.
    """

    body = models.CharField("団体コード", max_length=6)
    seq = models.PositiveBigIntegerField("番号")
    at = models.DateTimeField("日時")
    by = models.BigIntegerField("人", null=True)
    verb = models.CharField("行い", max_length=40)
    subject = models.CharField("対象", max_length=80, blank=True)
    facts = models.JSONField("内容", default=dict)
    rows = models.JSONField("行", default=list)
    before = models.CharField("前の封印", max_length=64, blank=True)
    key = models.PositiveSmallIntegerField("鍵の番号", default=1)
    seal = models.CharField("封印", max_length=64)

    class Meta:
        """One number, one line."""

        verbose_name = "証跡"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "seq"], name="journal_entry_seq")
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "subject", "seq"], name="journal_entry_subject"),
            models.Index(fields=["body", "by", "seq"], name="journal_entry_by"),
            models.Index(fields=["body", "at"], name="journal_entry_at"),
        ]

    def line(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {
            "body": self.body,
            "seq": self.seq,
            "at": self.at,
            "by": self.by,
            "verb": self.verb,
            "subject": self.subject,
            "facts": self.facts,
            "rows": self.rows,
            "before": self.before,
            "key": self.key,
        }


class Past(models.Model):
    """以前の内容. What a row held from `since` until `until`; `seq`: the journal's line that ended it."""

    body = models.CharField(max_length=6)
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    stamp = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    content = models.JSONField()
    seq = models.PositiveBigIntegerField()

    class Meta:
        """One content, one row."""

        verbose_name = "以前の内容"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "row", "stamp"], name="journal_past_once"),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="journal_past_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["table", "row", "since"], name="journal_past_row"),
            models.Index(fields=["body", "seq"], name="journal_past_seq"),
        ]
