"""Households, persons, and the history of both."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.places.models import Facility, Place


class Household(models.Model):
    """The people under one roof, at one address."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    village = models.ForeignKey(Place, models.PROTECT, related_name="+")
    rt = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")  # deepest known
    posyandu = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    rt_label = models.CharField(max_length=40, blank=True)  # 'RT 003/RW 001', for lists and order
    head_name = models.CharField(max_length=120, blank=True)
    card_number = models.CharField(max_length=16, blank=True, db_index=True)  # nomor KK
    search_key = models.CharField(max_length=240, blank=True)  # head, address and RT, folded

    class Meta:
        indexes = [
            models.Index(fields=["village", "rt_label", "address"]),
            models.Index(fields=["village", "posyandu", "search_key"], name="household_search"),
        ]

    def __str__(self) -> str:
        return self.head_name or self.address


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class NikMissing(models.TextChoices):
    """Why a person has no NIK in the register."""

    NEWBORN = "newborn", _("newborn, not yet registered")
    NO_CARD = "no_card", _("card not at hand")
    NEVER = "never", _("has never had one")
    INVALID = "invalid", _("the number given is not valid")
    UNKNOWN = "unknown", _("not asked")


class Person(models.Model):
    """A resident. A merged person points to the one kept; nothing of either is rewritten."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    village = models.ForeignKey(Place, models.PROTECT, related_name="+")  # of the household
    posyandu = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")  # same
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=6, choices=Sex.choices, null=True)  # NULL: unknown
    birth_date = models.DateField()
    birth_date_is_estimated = models.BooleanField(default=False)
    nik_hash = models.CharField(max_length=64, null=True, db_index=True)
    nik_sealed = models.BinaryField(null=True)
    nik_tail = models.CharField(max_length=4, blank=True)
    nik_missing = models.CharField(max_length=8, choices=NikMissing.choices, blank=True)
    mother = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    mother_name = models.CharField(max_length=120, blank=True)
    mother_key = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=40, blank=True)  # to the head of the household
    died_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    is_current = models.BooleanField(default=True)  # lives here: not dead, moved away or merged

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sex__isnull=True) | Q(sex__in=Sex.values), name="sex_known_or_null"
            ),
            models.CheckConstraint(
                condition=Q(nik_hash__isnull=False, nik_missing="")
                | (Q(nik_hash__isnull=True) & ~Q(nik_missing="")),
                name="nik_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False)
                | Q(died_on__isnull=True, left_on__isnull=True, merged_into__isnull=True),
                name="current_lives_here",
            ),
        ]
        indexes = [
            # 'Part of a name' cannot use a sorted index: this one is narrow, holds all that search
            # and the look for duplicates read, and is scanned for the villages of the scope only.
            models.Index(
                fields=["village", "name_key", "mother_key", "posyandu", "is_current"],
                name="person_search",
            ),
            models.Index(fields=["village", "is_current", "birth_date"]),
            models.Index(fields=["birth_date", "name_key"]),
        ]

    def __str__(self) -> str:
        return self.name


class Residence(models.Model):
    """Where a person lived, from when until when; open-ended while still there."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="residences")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)  # last day there

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="residence_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["village", "since"])]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class PersonChange(models.Model):
    """One change of a person's particulars: what it was, what it became, who did it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=20)  # register, edit, move, birth, death, merge, unmerge
    field = models.CharField(max_length=40, blank=True)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    envelope = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return f"{self.event} {self.person_id}"


class LikelyPair(models.Model):
    """Two persons who may be one: for a person to decide, never merged by a machine."""

    class Decision(models.TextChoices):
        OPEN = "open"
        SAME = "same"
        DIFFERENT = "different"

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()  # 0-100, likeness
    reasons = models.CharField(max_length=200)  # codes, comma between: 'mother,birth_date,spelling'
    decision = models.CharField(max_length=9, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="pair_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
