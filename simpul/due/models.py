"""Open items of everybody's plan, copied from the engine for lists.

A status is never stored: rows hold dates, and a day turns dates into a status.
"""

from django.db import models

from simpul.people.models import Household, Person
from simpul.places.models import Facility, Place


class PlanState(models.Model):
    """How far one person's plan has seen the records, and until when it can be trusted."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="plan_state"
    )
    village = models.ForeignKey(Place, models.CASCADE, related_name="+", db_index=False)
    seq = models.BigIntegerField()  # newest fact there was when this was planned
    change = models.BigIntegerField()  # newest change of particulars there was
    planned_on = models.DateField()
    replan_on = models.DateField(null=True)  # from this day on the dates must be worked out again

    class Meta:
        indexes = [models.Index(fields=["village", "replan_on"], name="plan_state_stale")]

    def __str__(self) -> str:
        return f"plan of {self.person_id}"


class DueItem(models.Model):
    """One service a resident may still be given, with its dates; `plan_id` is the person's id."""

    plan = models.ForeignKey(PlanState, models.CASCADE, related_name="items", db_column="person_id")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    village = models.ForeignKey(Place, models.CASCADE, related_name="+", db_index=False)
    posyandu = models.ForeignKey(
        Facility, models.CASCADE, null=True, related_name="+", db_index=False
    )
    service = models.CharField(max_length=40)
    occurrence = models.PositiveIntegerField()  # number of the dose, or a month as 202611
    group = models.PositiveSmallIntegerField()  # a bit, see groups.BITS: bits can be summed in SQL
    # of the person, so that age groups need no second table
    birth_date = models.DateField()
    maternal_since = models.DateField(null=True)  # pregnant, or within 42 days of the end of it
    maternal_until = models.DateField(null=True)
    is_urgent = models.BooleanField()
    opens_on = models.DateField()
    due_on = models.DateField()
    late_on = models.DateField(null=True)  # first late day
    closes_on = models.DateField(null=True)  # last day it may be given

    class Meta:
        indexes = [
            # Holds all a list asks for, so that a village is answered from the index alone.
            models.Index(
                fields=[
                    "village", "posyandu", "household", "plan", "due_on", "late_on", "closes_on",
                    "is_urgent", "group", "birth_date", "maternal_since", "maternal_until",
                ],
                name="due_item_list",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.service} {self.occurrence} of {self.plan_id}"


class Cursor(models.Model):
    """How far the lists have followed the log, the register and the rules. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    change = models.BigIntegerField(default=0)
    pack = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.seq} {self.change}"
