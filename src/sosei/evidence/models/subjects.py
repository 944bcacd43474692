"""相手の表. Organisations and persons that entries are about, and what they were when.

A person's name and contacts stand in `Contact` and `Told` alone, what entries say of him in fields declared personal in
`Private`, all enciphered; no other table, no line of the journal holds them.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from sosei.journal.models import Fact

#: The version of a consent that nobody gave: its row says that one was held, or that he wants nothing done with his contacts.
UNTOLD: Final = 0


class Subject(Fact):
    """相手. `number`: 法人番号. `name`, `alike`: of organisations; `alike` is the name as it is compared.

    `into`: the subject it was merged into. `erased`: when a person's identity went; the row stays, so that counts do.
    """

    kind = models.CharField("種類", max_length=12)
    number = models.CharField("法人番号", max_length=13, null=True, blank=True)
    name = models.TextField("名称", null=True, blank=True)
    alike = models.CharField("照合名", max_length=200, null=True, blank=True)
    into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    erased = models.DateTimeField("消去日時", null=True, blank=True)

    class Meta:
        """A corporate number is one organisation; a person has no name here."""

        verbose_name = "相手"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=Q(voided__isnull=True, into__isnull=True, number__isnull=False),
                name="evidence_subject_number",
            ),
            models.CheckConstraint(
                condition=Q(kind="organisation")
                | Q(kind="person", name__isnull=True, alike__isnull=True, number__isnull=True),
                name="evidence_subject_nameless",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "alike"], name="evidence_subject_alike")]

    def called(self) -> str:
        """The organisation's name; of a person, that it is one."""
        return self.name or ("個人" if self.kind == "person" else "名称なし")


class Contact(models.Model):
    """連絡先. Who a person is, enciphered; the only place of names and contacts. Gone when it is erased.

    `sealed`: number of the key, then what the cipher made of it, bound to the subject. `mail_key`, `name_key`: keyed
    digests by which the same person is found again. `register`: in which it was heard; what others heard is in `Told`.
    """

    subject = models.OneToOneField(
        Subject, models.PROTECT, primary_key=True, related_name="contact"
    )
    register = models.ForeignKey(
        "evidence.Register", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    body = models.CharField("団体コード", max_length=6)
    sealed = models.TextField("暗号文")
    mail_key = models.CharField("メールの指紋", max_length=32, blank=True)
    name_key = models.CharField("氏名の指紋", max_length=32, blank=True)

    class Meta:
        """Found by fingerprints."""

        verbose_name = "連絡先"
        verbose_name_plural = verbose_name
        indexes: ClassVar = [
            models.Index(fields=["body", "mail_key"], name="evidence_contact_mail"),
            models.Index(fields=["body", "name_key"], name="evidence_contact_name"),
        ]


class Told(models.Model):
    """台帳で聞いた連絡先. What a register heard of a person whose contact another one had heard before; enciphered, bound to both.

    Its officials see this, not what he told the other office. Gone when he is erased.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="told")
    register = models.ForeignKey("evidence.Register", models.PROTECT, related_name="+", db_index=False)  # fmt: skip
    body = models.CharField("団体コード", max_length=6)
    sealed = models.TextField("暗号文")

    class Meta:
        """One for a register."""

        verbose_name = "台帳で聞いた連絡先"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "register"], name="evidence_told_once")
        ]


class Private(models.Model):
    """個人情報の項目. What an entry says in fields declared personal, enciphered and bound to it. Gone when its person is erased.

    Never among an entry's contents, which stay for ever: so that counts and proofs hold after it is gone.
    """

    register = models.ForeignKey(
        "evidence.Register", models.PROTECT, related_name="private", db_index=False
    )
    number = models.PositiveBigIntegerField("登録番号")
    body = models.CharField("団体コード", max_length=6)
    sealed = models.TextField("暗号文")

    class Meta:
        """One for an entry."""

        verbose_name = "個人情報の項目"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "number"], name="evidence_private_once")
        ]


class PersonalKey(models.Model):
    """個人情報の鍵の番号. Which key enciphers now what is kept of persons, in one row: no other key is then used by mistake.

    `mark`: its fingerprint, never the key; keys stand in files, apart from the book.
    """

    number = models.PositiveSmallIntegerField("鍵の番号")
    mark = models.CharField("鍵の目印", max_length=16)

    class Meta:
        """Names."""

        verbose_name = "個人情報の鍵の番号"
        verbose_name_plural = verbose_name


class Consent(Fact):
    """同意. A person agreed that a register may be kept of him for its purpose. `version`: of the register's definition.

    `UNTOLD` for a version: that he agreed is not on record, and `given_on` is the day of his first entry.
    `withdrawn`: from then on nothing is done with his contacts. `keep_until`: the last day they may be kept; `held`: why
    they are kept longer all the same, `held_until`: up to which day (None: until it is released).
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="consents")
    register = models.ForeignKey("evidence.Register", models.PROTECT, related_name="consents")
    version = models.PositiveIntegerField("利用目的の版")
    given_on = models.DateField("同意の日")
    withdrawn = models.DateTimeField("撤回日時", null=True, blank=True)
    keep_until = models.DateField("保存期限", null=True, blank=True)
    held = models.TextField("保存を続ける理由", null=True, blank=True)
    held_until = models.DateField("保存を続ける期限", null=True, blank=True)

    class Meta:
        """One for a register."""

        verbose_name = "同意"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "subject"],
                condition=Q(voided__isnull=True),
                name="evidence_consent_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "keep_until"], name="evidence_consent_keep")
        ]


class Attribute(Fact):
    """属性. What a subject was from a day on (None: ever), until another says otherwise. `value`: as `codec` writes it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="attributes")
    name = models.CharField("名", max_length=40)
    value = models.JSONField("値")
    first = models.DateField("いつから", null=True, blank=True)

    class Meta:
        """One value for a day."""

        verbose_name = "属性"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "name", "first"], condition=Q(voided__isnull=True),
                name="evidence_attribute_once",
            )
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["subject", "name", "first"], name="evidence_attribute_when")
        ]
