"""公開フォームの表. Forms that anybody may fill in, made from a register; what came by them, and what still waits.

What somebody typed stands in `Held` alone, enciphered, until an official has looked at it; what is entered at once stands
where entries stand. No address of a visitor is kept: `Knock` has a keyed mark of it, for a day.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from sosei.evidence.models.registers import Register
from sosei.evidence.models.subjects import Subject
from sosei.journal.models import Fact

#: `dropped`: nobody looked at it in time, or its person was erased; what was typed is gone.
STATES: Final = ("waiting", "accepted", "withdrawn", "refused", "dropped")


class PublicForm(Fact):
    """公開フォーム. `asked`, `required`: keys of the register's columns. `notice`: what the answers are for; its version is the row's stamp.

    `mode`: join (a roster, from today), post (a log or cases), stamp (a log, at `place`, once a day). `waits`: an official
    looks first. `published`: whether it is there for the public between its days.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="forms")
    slug = models.CharField("宛先", max_length=40)
    title = models.TextField("題名")
    intro = models.TextField("説明", null=True, blank=True)
    notice = models.TextField("利用目的", null=True, blank=True)
    mode = models.CharField("受け方", max_length=8)
    asked = models.JSONField("尋ねる項目", default=list)
    required = models.JSONField("必須の項目", default=list, blank=True)
    place = models.TextField("場所", null=True, blank=True)
    waits = models.BooleanField("確認してから登録", default=True)
    published = models.BooleanField("公開", default=False)
    open_from = models.DateField("受付の初日", null=True, blank=True)
    open_until = models.DateField("受付の末日", null=True, blank=True)

    class Meta:
        """An address is used once."""

        verbose_name = "公開フォーム"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(voided__isnull=True), name="evidence_form_slug"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["join", "post", "stamp"]), name="evidence_form_mode"
            ),
        ]

    def called(self) -> str:
        """Its title."""
        return self.title


class Submission(Fact):
    """受付. One that came by a form. `code`: keyed digest of its confirmation code, never the code. `version`: of the form's notice.

    `entry`: number of what was entered of it; `person`: whom it made known, None where he was known before.
    """

    form = models.ForeignKey(PublicForm, models.PROTECT, related_name="submissions")
    code = models.CharField("確認番号の指紋", max_length=64)
    version = models.PositiveIntegerField("利用目的の版")
    at = models.DateTimeField("受付日時")
    state = models.CharField("状態", max_length=10)
    entry = models.PositiveBigIntegerField("登録番号", null=True, blank=True)
    person = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="submissions"
    )

    class Meta:
        """A code opens one."""

        verbose_name = "受付"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="evidence_submission_code"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="evidence_submission_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["form", "state", "id"], name="evidence_submission_list")
        ]

    def called(self) -> str:
        """Its number."""
        return f"受付{self.pk}番"


class Held(models.Model):
    """確認を待つ内容. What was typed, enciphered and bound to its submission; gone once it is accepted, refused or withdrawn."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, primary_key=True, related_name="held"
    )
    body = models.CharField("団体コード", max_length=6)
    sealed = models.TextField("暗号文")

    class Meta:
        """Names."""

        verbose_name = "確認を待つ内容"
        verbose_name_plural = verbose_name


class Knock(models.Model):
    """訪れ. That something came lately: a keyed mark of an address or of a ticket, for a day; nothing can be read from it."""

    mark = models.CharField("目印", max_length=64)
    at = models.DateTimeField("日時", db_index=True)

    class Meta:
        """Counted by mark."""

        verbose_name = "訪れ"
        verbose_name_plural = verbose_name
        default_permissions: ClassVar = ()
        indexes: ClassVar = [models.Index(fields=["mark", "at"], name="evidence_knock_mark")]
