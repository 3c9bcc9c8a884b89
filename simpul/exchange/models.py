"""Tables of imports: the files brought in, the rows that were not, and remembered columns."""

import uuid

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where an import stands. Those in -ing are worked on; their worker keeps `beat_at` fresh."""

    NEW = "new"  # columns not yet chosen
    TO_CHECK = "to_check"
    CHECKING = "checking"
    CHECKED = "checked"  # the preview waits for a decision
    TO_IMPORT = "to_import"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class ImportJob(models.Model):
    """One file brought in by one user, or by the command line (`by` is empty)."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=60, blank=True)  # below uploads; '' once removed
    sha256 = models.CharField(max_length=64)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # kind, fields, date_order, age_unit
    village = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    trouble = models.CharField(max_length=60, blank=True)  # code, when failed
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=60, blank=True)
    beat_at = models.DateTimeField(null=True)
    n_total = models.PositiveIntegerField(default=0)  # of the present stage, for the progress bar
    n_done = models.PositiveIntegerField(default=0)
    n_parts_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # see registers.summary.Summary
    pairs = models.JSONField(default=list)  # the first likely pairs, for preview and result

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="import_state_known")
        ]
        indexes = [models.Index(fields=["by", "-created_at"]), models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row that was refused, with its cells as they stood; or a note about one that was not."""

    class Level(models.TextChoices):
        REFUSED = "refused"
        DOUBT = "doubt"
        CHANGE = "change"

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    level = models.CharField(max_length=7, choices=Level.choices)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=20, blank=True)
    column = models.CharField(max_length=120, blank=True)  # the heading in the file
    code = models.CharField(max_length=24)
    detail = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=60, blank=True)
    other = models.CharField(max_length=120, blank=True)
    cells = models.JSONField(null=True)
    also = models.JSONField(default=list)  # further problems: [field, code, detail, value]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["refused", "doubt", "change"]), name="import_row_level_known"
            )
        ]
        indexes = [models.Index(fields=["job", "level", "line"])]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"


class RememberedColumns(models.Model):
    """How the columns of files with this header are meant, so that it is asked once only."""

    name = models.CharField(max_length=60, unique=True)
    signature = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
