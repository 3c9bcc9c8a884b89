"""How likely two entries of the register are one person, and what speaks for it.

Pure: cards in, likeness out. Rule: a namesake with another mother or another birth date is
somebody else; two different NIK are two people unless name, mother and birth date all agree.
"""

from datetime import date, timedelta
from functools import lru_cache

import msgspec
from rapidfuzz.fuzz import ratio

# Keys (see places.spelling) of titles and of what is written before a name.
_TITLES = frozenset("h hi dr drg ir ny ni tn nn bi bai an sdr sdri bin binti alm almh".split())  # noqa: SIM905
_UNNAMED = ("bi ni", "bai ")  # 'By. Ny. Siti', 'Bayi Siti': a newborn registered before its name
_TOKEN_ALIKE = 83  # Nugroho and Nugroo, not Rizki and Rizka: twins have names one letter apart
_JOINED_ALIKE = 93  # 'Nur Hasanah' and 'Nurhasanah'
_NEAR = timedelta(days=731)  # how far an estimated birth date may be off
_POINTS = {
    "birth_date": 40, "birth_swapped": 30, "birth_digit": 25, "birth_near": 20, "birth_other": 10,
    "name": 30, "name_spelling": 25, "name_part": 20, "name_unknown": 15,
    "mother": 20, "mother_spelling": 15, "mother_part": 15, "mother_unknown": 5, "mother_other": 0,
    "household": 10, "rt": 9, "village": 7, "elsewhere": 0,
}  # fmt: skip
_SAID = frozenset(_POINTS) - {"birth_other", "mother_unknown", "mother_other", "elsewhere"}


class Card(msgspec.Struct, frozen=True):
    """What is compared of one entry. `id` is None when it is not yet registered."""

    id: int | None
    name_key: str
    mother_key: str
    sex: str | None
    birth_date: date
    is_estimated: bool
    nik_hash: str | None
    village_id: int | None
    household_id: int | None = None
    rt: str = ""  # 'RT 003/RW 001' of the household


class Likeness(msgspec.Struct, frozen=True):
    """Score from 0 to 100, and the codes of what agrees."""

    score: int
    reasons: tuple[str, ...]


def likeness(one: Card, other: Card) -> Likeness | None:
    """How alike two entries are, or None when they are two people."""
    if one.nik_hash and one.nik_hash == other.nik_hash:
        return Likeness(100, ("nik", *_said(_agreement(one, other))))
    if one.nik_hash and other.nik_hash:
        if _all_equal(one, other):
            return Likeness(70, ("name", "mother", "birth_date", "nik_differs"))
        return None
    if one.sex and other.sex and one.sex != other.sex:
        return None
    agreement = _agreement(one, other)
    if not agreement or not _enough(one, *agreement):
        return None
    return Likeness(sum(_POINTS[code] for code in agreement), tuple(_said(agreement)))


def _all_equal(one: Card, other: Card) -> bool:
    return (
        one.birth_date == other.birth_date
        and one.name_key == other.name_key
        and one.mother_key == other.mother_key != ""
        and (one.sex is None or other.sex is None or one.sex == other.sex)
    )


def _agreement(one: Card, other: Card) -> tuple[str, str, str, str] | None:
    """Codes for name, birth date, mother and place; None when the names are not one name."""
    name = _names(one.name_key, other.name_key)
    if name == "other":
        if not (_is_unnamed(one.name_key) or _is_unnamed(other.name_key)):
            return None
        name = "unknown"
    mother = "unknown"
    if one.mother_key and other.mother_key:
        mother = _names(one.mother_key, other.mother_key)
    place = "elsewhere"
    if one.village_id == other.village_id:
        same_home = one.household_id is not None and one.household_id == other.household_id
        same_rt = one.rt == other.rt != ""
        place = "household" if same_home else "rt" if same_rt else "village"
    join = {"same": "", "spelling": "_spelling", "part": "_part", "unknown": "_unknown"}
    return (
        "name" + join[name],
        _births(one, other),
        "mother" + join.get(mother, "_other"),
        place,
    )


def _said(agreement: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(code for code in agreement or () if code in _SAID)


def _enough(one: Card, name: str, birth: str, mother: str, place: str) -> bool:
    """Whether what agrees outweighs chance, for two entries of which one has no NIK."""
    if name == "name_unknown":
        return birth == "birth_date" and mother in {"mother", "mother_spelling"}
    if mother == "mother_other":
        return place == "household" and birth == "birth_date" and name == "name"
    is_full = name == "name" and " " in one.name_key
    if birth == "birth_date":
        return mother != "mother_unknown" or place != "elsewhere" or is_full
    if place == "household":
        if mother == "mother_unknown":  # a son may bear his father's name
            return name == "name" and birth != "birth_other"
        return name == "name" or birth != "birth_other"
    if place == "elsewhere" or not is_full:
        return False
    if birth in {"birth_swapped", "birth_near"}:
        return True
    return birth == "birth_digit" and mother == "mother" and place == "rt"


def _births(one: Card, other: Card) -> str:
    first, second = one.birth_date, other.birth_date
    if first == second:
        return "birth_date"
    if first.year == second.year and (first.day, first.month) == (second.month, second.day):
        return "birth_swapped"
    written = f"{first:%Y%m%d}", f"{second:%Y%m%d}"
    if sum(a != b for a, b in zip(*written, strict=True)) == 1:
        return "birth_digit"
    if (one.is_estimated or other.is_estimated) and abs(first - second) <= _NEAR:
        return "birth_near"
    return "birth_other"


def _is_unnamed(key: str) -> bool:
    return key.startswith(_UNNAMED)


@lru_cache(maxsize=50_000)
def _tokens(key: str) -> tuple[str, ...]:
    words = tuple(word for word in key.split() if word not in _TITLES)
    return words or tuple(key.split())


def _names(one: str, other: str) -> str:
    """'same', 'spelling', 'part' (one lacks words of the other) or 'other'."""
    if one == other:
        return "same"
    short, long = sorted((_tokens(one), _tokens(other)), key=len)
    if short == long:
        return "same"
    if not short:
        return "other"
    if len(short) != len(long) and ratio("".join(short), "".join(long)) >= _JOINED_ALIKE:
        return "spelling"
    left = list(long)
    for word in short:
        best = max(left, key=lambda candidate: _words(word, candidate))
        if _words(word, best) < _TOKEN_ALIKE:
            return "other"
        left.remove(best)
    return "part" if left else "spelling"


def _words(one: str, other: str) -> float:
    """Likeness of two words; an initial or a beginning of three letters stands for the word."""
    short, long = sorted((one, other), key=len)
    if len(short) in (1, 3) and long.startswith(short):
        return 90.0
    return float(ratio(one, other))
