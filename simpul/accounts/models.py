"""Users, their role and place of work, and the hash-chained log of writes and looks."""

import re

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.places.models import Facility, FacilityKind, Place, PlaceKind

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class Role(models.TextChoices):
    KADER = "kader", _("Kader")
    MIDWIFE = "midwife", _("Midwife")
    NURSE = "nurse", _("Nurse")
    CLERK = "clerk", _("Clerk")
    HEAD = "head", _("Head of Puskesmas")
    DISTRICT = "district", _("District health office")


_POSTS = {FacilityKind.PUSKESMAS, FacilityKind.PUSTU, FacilityKind.POSYANDU, FacilityKind.CLINIC}
WORKPLACES: dict[Role, set[FacilityKind]] = {
    Role.KADER: {FacilityKind.POSYANDU},
    Role.MIDWIFE: _POSTS,
    Role.NURSE: _POSTS,
    Role.CLERK: _POSTS,
    Role.HEAD: {FacilityKind.PUSKESMAS},
    Role.DISTRICT: set(),
}
_WRONG_PLACE = {
    Role.KADER: _("A kader works at a Posyandu. Choose the Posyandu of this kader."),
    Role.MIDWIFE: _("A midwife works at a Puskesmas, Pustu, Posyandu or clinic."),
    Role.NURSE: _("A nurse works at a Puskesmas, Pustu, Posyandu or clinic."),
    Role.CLERK: _("A clerk works at a Puskesmas, Pustu, Posyandu or clinic."),
    Role.HEAD: _("A head leads a Puskesmas. Choose the Puskesmas, not a part of it."),
    Role.DISTRICT: _("The health office has an area, not a facility: give a regency or province."),
}


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in. Sees only what the place of work covers (see scope.py)."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name", "role"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_known"),
            models.CheckConstraint(
                condition=models.Q(facility__isnull=True) | models.Q(area__isnull=True),
                name="works_at_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def clean(self) -> None:
        """Role and place of work must fit. Without a place the user is kept but sees nothing."""
        self.username = self.username.strip().lower()
        if not _USERNAME.fullmatch(self.username):
            raise ValidationError(
                {"username": _("Use 2 to 60 letters a to z, digits, points, dashes; no spaces.")}
            )
        if self.facility and self.area:
            raise ValidationError(_("Give a facility or an area, not both."))
        if self.role not in Role.values:
            return  # the field itself says so
        role = Role(self.role)
        if self.facility and self.facility.kind not in WORKPLACES[role]:
            raise ValidationError({"facility": _WRONG_PLACE[role]})
        if self.area and self.role != Role.DISTRICT:
            raise ValidationError(
                {"area": _("Only the health office has an area. Give the facility of this person.")}
            )
        if self.area and self.area.kind not in (PlaceKind.PROVINCE, PlaceKind.REGENCY):
            raise ValidationError({"area": _WRONG_PLACE[Role.DISTRICT]})


class AuditHead(models.Model):
    """The last link of the chain; its row is the lock that keeps the chain in order."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return str(self.number)


class AuditEntry(models.Model):
    """Who did or saw what, when. Each row's digest covers the row before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=40)  # verb.object: 'look.person', 'record.visit'
    object_kind = models.CharField(max_length=20, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)  # counts and filters, never health data
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
