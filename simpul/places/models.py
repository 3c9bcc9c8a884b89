"""Tables of places and facilities."""

from django.db import models

from simpul.places import naming


class PlaceKind(models.TextChoices):
    """Levels of the administrative tree, from the Ministry of Home Affairs down to the RT."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # desa or kelurahan
    HAMLET = "hamlet"  # dusun
    RW = "rw"
    RT = "rt"


class Place(models.Model):
    """A node of the administrative tree. `path` is '/1/5/9/': the ids from the root to itself."""

    code = models.CharField(max_length=40, unique=True)  # '62.03.01.1006'; below: '…/RW001/RT003'
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=120, db_index=True)
    is_provisional = models.BooleanField(default=False)  # named by a file, code not yet known

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PlaceKind.values), name="place_kind_known"
            )
        ]
        indexes = [models.Index(fields=["kind", "name_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """'Kabupaten Kapuas': the kind in front where the name does not say it."""
        return naming.full_name(self.kind, self.name)


class Shape(models.Model):
    """The outline of a place on the map."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True)
    rings = models.JSONField()  # [[[lon, lat], …], …], outer rings only
    is_schematic = models.BooleanField(default=False)  # drawn by hand: say so on the map

    def __str__(self) -> str:
        return self.place.name


class FacilityKind(models.TextChoices):
    PUSKESMAS = "puskesmas"
    PUSTU = "pustu"
    POSYANDU = "posyandu"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    CLINIC = "clinic"


class Facility(models.Model):
    """A place where services are given. A Posyandu and a Pustu hang below their Puskesmas."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=FacilityKind.choices)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    phone = models.CharField(max_length=30, blank=True)
    covers = models.ManyToManyField(Place, related_name="covered_by", through="Coverage")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=FacilityKind.values), name="facility_kind_known"
            )
        ]
        indexes = [models.Index(fields=["kind", "name_key"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """'Posyandu Dahlia': the kind in front where the name does not say it."""
        return naming.full_name(self.kind, self.name)


class Coverage(models.Model):
    """A facility covers a place and all below it."""

    facility = models.ForeignKey(Facility, models.CASCADE)
    place = models.ForeignKey(Place, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "place"], name="coverage_once")]

    def __str__(self) -> str:
        return f"{self.facility_id} covers {self.place_id}"


class TargetEstimate(models.Model):
    """An official estimate of a target group (e.g. Pusdatin), beside what is registered."""

    place = models.ForeignKey(Place, models.CASCADE)
    group = models.CharField(max_length=40)  # indicator's denominator: 'infants', 'pregnancies' …
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "group", "year"], name="estimate_once")
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.year}: {self.number}"
