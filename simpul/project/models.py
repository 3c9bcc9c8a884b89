"""Chores of the background worker: when each is due next, and who holds it."""

from django.db import models


class Chore(models.Model):
    """One kind of background work. Claimed by a conditional UPDATE, so that only one does it."""

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=60, blank=True)
    claimed_until = models.DateTimeField(null=True)  # after that the claim is void
    done_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=80, blank=True)  # kind of the last error, never its text

    def __str__(self) -> str:
        return self.name
