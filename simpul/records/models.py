"""The log: envelopes and the facts in them. Rows are only ever added."""

from django.db import models
from django.db.models import Q

from simpul.people.models import Person


class LogCounter(models.Model):
    """The last `seq` given out; its row is the lock, so 'everything after n' has no holes."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)


class Envelope(models.Model):
    """The unit of idempotency: what arrived together, once, however often it was sent."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)  # visit, correction, import
    made_at = models.DateTimeField()  # by the sender's clock
    received_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=80, blank=True)  # page, device or file that sent it
    n_facts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Fact(models.Model):
    """One thing observed about one person on one day. Exactly one of the five values is set."""

    seq = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    observed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    facility = models.ForeignKey(
        "places.Facility", models.PROTECT, null=True, related_name="+", db_index=False
    )
    form = models.CharField(max_length=60, blank=True)  # form@version
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="facts")
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="superseded_by", db_index=False
    )
    is_confirmed = models.BooleanField(default=False)  # unusual value, asked again and kept
    number = models.FloatField(null=True)
    text = models.TextField(null=True)
    day = models.DateField(null=True)
    code = models.CharField(max_length=40, null=True)
    flag = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fact_has_one_value",
                condition=(
                    Q(number__isnull=False, text=None, day=None, code=None, flag=None)
                    | Q(number=None, text__isnull=False, day=None, code=None, flag=None)
                    | Q(number=None, text=None, day__isnull=False, code=None, flag=None)
                    | Q(number=None, text=None, day=None, code__isnull=False, flag=None)
                    | Q(number=None, text=None, day=None, code=None, flag__isnull=False)
                ),
            ),
        ]
        # The log grows for ever: an index only where something is looked up by it.
        indexes = [
            models.Index(fields=["person", "name", "observed_on"]),
            models.Index(
                fields=["supersedes"], condition=Q(supersedes__isnull=False), name="fact_supersedes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.name}"
