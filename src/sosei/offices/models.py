"""団体と人の表. Who works where, from when to when, and who may stand in for whom.

A person is never deleted: he leaves (`leaves_on`), can no longer sign in, and stays as who did what.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from sosei.journal.models import Fact


class Office(Fact):
    """団体. A body that keeps its book here; `body` is its 全国地方公共団体コード."""

    name = models.CharField("団体名", max_length=60)
    reading = models.CharField("読み", max_length=120, blank=True)
    prefecture = models.CharField("都道府県", max_length=10, blank=True)
    years_shown = models.CharField(
        "年度の書き方", max_length=8, default="both",
        choices=[("both", "令和4年度（2022年度）"), ("wareki", "令和4年度"), ("western", "2022年度")],
    )  # fmt: skip
    fictional = models.BooleanField("架空", default=False)

    class Meta:
        """One office, one body."""

        verbose_name = "団体"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body"], name="offices_office_body")
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name


class Department(Fact):
    """課. A department with its validity: `first_day` to `last_day` (None: still there)."""

    code = models.CharField("課コード", max_length=12)
    name = models.CharField("課名", max_length=60)
    reading = models.CharField("読み", max_length=120, blank=True)
    contact = models.CharField("連絡先", max_length=120, blank=True)
    planning = models.BooleanField("企画担当", default=False)
    first_day = models.DateField("設置日")
    last_day = models.DateField("廃止日", null=True, blank=True)

    class Meta:
        """A code is used once at a time; a department does not end before it begins."""

        verbose_name = "課"
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "code", "first_day"],
                name="offices_department_code",
                condition=Q(voided__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="offices_department_days",
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    def called(self) -> str:
        """The name."""
        return self.name

    def stands_on(self, day: date) -> bool:
        """Whether the department exists on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Succession(Fact):
    """承継. Whose work goes to whom on a day; one old department may have several successors, and the reverse."""

    old = models.ForeignKey(Department, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Department, models.PROTECT, related_name="inheritances")
    on = models.DateField("承継日")

    class Meta:
        """No department succeeds itself."""

        verbose_name = "課の承継"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["old", "new"],
                name="offices_succession_once",
                condition=Q(voided__isnull=True),
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="offices_succession_other"),
        ]


class People(BaseUserManager["Person"]):
    """How accounts are found by the name that is typed."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find an account by its login name."""
        return self.get(login=username)


def new_salt() -> str:
    """Return what makes a person's digests in the journal his own (`offices.proofs`)."""
    return secrets.token_hex(16)


class Person(AbstractBaseUser):
    """人. An account: an official, an expert, an auditor. Personal, so its changes stand in no `Past`.

    `joins_on` to `leaves_on`: outside of it nobody signs in. The name stays as a snapshot of who acted.
    """

    body = models.CharField("団体コード", max_length=6, db_index=True)
    login = models.CharField("利用者ID", max_length=60, unique=True)
    name = models.CharField("氏名", max_length=60)
    reading = models.CharField("読み", max_length=120, blank=True)
    email = models.EmailField("メール", blank=True)
    joins_on = models.DateField("利用開始日")
    leaves_on = models.DateField("利用終了日", null=True, blank=True)
    is_active = models.BooleanField("利用できる", default=True)
    must_change_password = models.BooleanField("次回に変更", default=False)
    salt = models.CharField("証明の塩", max_length=32, blank=True, default=new_salt)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name", "body"]

    objects: ClassVar[People] = People()

    class Meta:
        """Names."""

        verbose_name = "利用者"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        """The name."""
        return self.name

    def get_full_name(self) -> str:
        """The name, as libraries ask for it."""
        return self.name


class Assignment(Fact):
    """配属. A role of a person, in a department or for the whole body, from a day to a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    role = models.CharField("役割", max_length=20)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    first_day = models.DateField("開始日")
    last_day = models.DateField("終了日", null=True, blank=True)

    class Meta:
        """Days in order."""

        verbose_name = "配属"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="offices_assignment_days",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["body", "role"], name="offices_assignment_role")]


class Deputy(Fact):
    """代理. Who may act in a person's stead, from a day to a day, and why. What is done so says for whom."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="stands_for")
    first_day = models.DateField("開始日")
    last_day = models.DateField("終了日")
    reason = models.CharField("理由", max_length=200)

    class Meta:
        """Nobody stands in for himself; a deputyship ends."""

        verbose_name = "代理"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="offices_deputy_days"
            ),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="offices_deputy_other"),
        ]
