"""The full name of a place or facility: its kind before its name, where the name does not say it.
An RT or RW is named 'RT 003' already."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_SAID = {
    "province": gettext_noop("Province of %(name)s"),
    "regency": gettext_noop("Regency of %(name)s"),
    "district": gettext_noop("District of %(name)s"),
    "village": gettext_noop("Village of %(name)s"),
    "hamlet": gettext_noop("Hamlet of %(name)s"),
    "puskesmas": "Puskesmas %(name)s",
    "pustu": "Pustu %(name)s",
    "posyandu": "Posyandu %(name)s",
}
_TELLING = {
    "province": ("Provinsi ", "Daerah "),
    "regency": ("Kabupaten ", "Kota "),
    "district": ("Kecamatan ", "Distrik "),
    "village": ("Desa ", "Kelurahan "),
    "hamlet": ("Dusun ", "Lingkungan "),
    "puskesmas": ("Puskesmas",),
    "pustu": ("Pustu",),
    "posyandu": ("Posyandu",),
}


def full_name(kind: str, name: str) -> str:
    """'Kabupaten Kapuas', 'Posyandu Dahlia', in the reader's language."""
    if kind not in _SAID or name.startswith(_TELLING[kind]):
        return name
    return _(_SAID[kind]) % {"name": name}
