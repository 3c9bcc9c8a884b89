"""What each role may record and read on these pages. Closed: what is not named is not offered."""

from simpul import packs
from simpul.accounts.scope import Scope

# Until the forms of the pack say it (next issue): what a kader measures or hands out.
KADER_FACTS = frozenset(
    {
        "body.weight",
        "body.lenhei",
        "body.measure",
        "body.headc",
        "body.muac",
        "supplement.vitamin_a",
        "supplement.deworming",
    }
)
_CLINICAL = ("bp.", "glucose.", "lab.", "risk.", "dx.", "elderly.", "anc.", "postnatal.")


def may_record(scope: Scope, service: str) -> bool:
    """Whether a user of this scope may record this service."""
    if not scope.may_write:
        return False
    if scope.role != "kader":
        return True
    records = packs.load().services[service].records
    return bool(records) and KADER_FACTS.issuperset(records)


def may_enter(scope: Scope, fact: str) -> bool:
    """Whether a user of this scope may enter this fact."""
    return scope.may_write and (scope.role != "kader" or fact in KADER_FACTS)


def may_see(scope: Scope, fact: str) -> bool:
    """Whether a user of this scope may read the value of this fact."""
    type_ = packs.load().facts.get(fact)
    if type_ is not None and type_.sensitivity not in ("", "normal") and not scope.sees_clinical:
        return False
    return scope.sees_clinical or not fact.startswith(_CLINICAL)


def may_mend(scope: Scope, fact) -> bool:
    """Whether a user may correct or take back a fact; a kader only what she wrote herself."""
    if not may_enter(scope, fact.name) and not fact.name.startswith("pregnancy."):
        return False
    if scope.role == "kader":
        return fact.recorded_by_id == scope.user_id and fact.name in KADER_FACTS
    return scope.may_write
