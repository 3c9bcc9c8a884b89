"""Months, who was counted in them, and the sums of the same rows.

A number is the sum of rows; rows and sums change in one transaction, so they cannot differ.
"""

from django.db import models
from django.db.models import Q

from simpul.people.models import Person, Sex
from simpul.places.models import Facility, Place


class IndicatorBit(models.Model):
    """Which bit an indicator has in every mask ever stored. Rows are added, never renumbered."""

    id = models.PositiveSmallIntegerField(primary_key=True)  # the bit
    indicator = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return f"{self.id} {self.indicator}"


class MonthState(models.Model):
    """How far one month has followed the log, the register and the rules."""

    month = models.DateField(unique=True)  # its first day
    seq = models.BigIntegerField(default=0)  # newest fact that was seen
    change = models.BigIntegerField(default=0)  # newest change of particulars that was seen
    pack = models.CharField(max_length=80, blank=True)
    next_village = models.BigIntegerField(null=True, default=0)  # NULL: all villages were judged
    frozen_on = models.DateField(null=True)  # from then on a change is a visible correction
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="month_begins_on_the_first")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class IndicatorRow(models.Model):
    """One person in one month: in which indicators counted, in which reached.

    Placed by where the person lived on the month's last day. Who counts in nothing has no row.
    A mask holds 62 indicators; the 63rd begins the next `word`.
    """

    state = models.ForeignKey(MonthState, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    word = models.PositiveSmallIntegerField(default=0)
    sex = models.CharField(max_length=6, blank=True)
    village = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    rt = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    posyandu = models.ForeignKey(
        Facility, models.PROTECT, null=True, related_name="+", db_index=False
    )
    counted = models.BigIntegerField()
    reached = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "person", "word"], name="row_once"),
            models.CheckConstraint(
                condition=Q(counted__gt=0) & Q(reached__gte=0), name="row_counts_in_something"
            ),
            models.CheckConstraint(
                condition=Q(sex="") | Q(sex__in=Sex.values), name="row_sex_known_or_empty"
            ),
        ]
        indexes = [models.Index(fields=["state", "village", "word"], name="row_by_village")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.state_id}"


class Level(models.TextChoices):
    """What a sum is of: a village, an RT (or the deepest place known), a Posyandu."""

    VILLAGE = "village"
    RT = "rt"
    POSYANDU = "posyandu"


class IndicatorCount(models.Model):
    """The sum of the rows of a place, sex and indicator; `was_…`: what a closed month published."""

    state = models.ForeignKey(MonthState, models.CASCADE, related_name="+", db_index=False)
    level = models.CharField(max_length=8, choices=Level.choices)
    village = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    area = models.BigIntegerField(default=0)  # id of the RT's place or of the Posyandu, else 0
    sex = models.CharField(max_length=6, blank=True)
    bit = models.PositiveSmallIntegerField()
    n_counted = models.IntegerField()
    n_reached = models.IntegerField()
    was_counted = models.IntegerField(null=True)
    was_reached = models.IntegerField(null=True)
    corrected_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state", "level", "village", "area", "sex", "bit"], name="count_once"
            ),
            models.CheckConstraint(
                condition=Q(n_reached__gte=0) & Q(n_reached__lte=models.F("n_counted")),
                name="reached_are_counted",
            ),
            models.CheckConstraint(
                condition=Q(corrected_on=None, was_counted=None, was_reached=None)
                | Q(
                    corrected_on__isnull=False, was_counted__isnull=False, was_reached__isnull=False
                ),
                name="correction_is_whole",
            ),
        ]
        indexes = [
            # Holds all a sum asks for, so that a year of a district is read from the index alone.
            models.Index(
                fields=[
                    "state", "level", "village", "bit", "sex", "area", "n_counted", "n_reached",
                ],
                name="count_sums",
            ),
            models.Index(
                fields=["state", "level", "village"],
                condition=Q(corrected_on__isnull=False),
                name="count_corrected",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.level} {self.village_id} {self.bit}: {self.n_reached}/{self.n_counted}"
