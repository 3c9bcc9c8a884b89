"""Which facts a service asks for on a visit form, beyond those that record it.

Kept small on purpose: forms become content of the pack in the next issue.
"""

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.due import rights

_GROWTH = ("body.weight", "body.lenhei", "body.measure", "body.headc", "body.muac")
_ADULT = ("bp.systolic", "bp.diastolic")
OF_BIRTH = ("birth.weight", "birth.length")  # asked until known; they belong to the day of birth
BESIDE = {
    "growth.weigh": _GROWTH,
    "growth.length": ("body.lenhei", "body.measure"),
    "growth.headc": ("body.headc",),
    "follow.two_t": _GROWTH,
    "follow.nutrition": _GROWTH,
    "anc.visit": ("anc.visit", "body.weight", "body.muac", *_ADULT, "lab.hb"),
    "postnatal.visit": ("postnatal.visit", *_ADULT),
    "neonatal.visit": ("neonatal.visit", *OF_BIRTH, "body.weight"),
}
# what may be recorded outside its time, by group of the service
ANY_TIME = (
    "growth.weigh",
    "anc.visit",
    "postnatal.visit",
    "neonatal.visit",
    "screen.bp",
    "screen.glucose",
    "screen.elderly",
)
# entered together or not at all
PAIRS = (("bp.systolic", "bp.diastolic"),)


def facts_of(scope: Scope, service: str) -> tuple[str, ...]:
    """Names of the facts to ask for, in the order of the form."""
    records = packs.load().services[service].records
    asked = BESIDE.get(service, records)
    names = dict.fromkeys([*asked, *records])
    return tuple(name for name in names if rights.may_enter(scope, name))
