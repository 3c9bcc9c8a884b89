"""The NIK (national identity number): its structure, its keyed hash, its seal. Shown only masked.

Structure: 6 digits of the area of first registration, day of birth (+40 for women), month,
two digits of the year, 4 digits serial (domain of the Ministry of Home Affairs).
"""

import base64
import hashlib
import hmac
from datetime import date
from functools import lru_cache

import msgspec
from cryptography.fernet import Fernet
from django.conf import settings


class Nik(msgspec.Struct, frozen=True):
    """A NIK of valid structure and what it says: sex, and day, month, two-digit year of birth."""

    digits: str
    sex: str
    day: int
    month: int
    year: int

    def fits(self, *, sex: str | None, birth_date: date | None) -> bool:
        """Whether sex and birth date agree with what the number says (unknown agrees)."""
        if sex is not None and sex != self.sex:
            return False
        if birth_date is None:
            return True
        return (birth_date.day, birth_date.month, birth_date.year % 100) == (
            self.day,
            self.month,
            self.year,
        )


class BadNik(ValueError):
    """Not a NIK. `code` says why: length, digits, area, date, serial."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_nik(text: str) -> Nik:
    """Read a NIK, spaces and points allowed. Raises BadNik with the reason."""
    digits = "".join(char for char in text if char not in " .-'’")
    if not digits.isascii() or not digits.isdigit():
        raise BadNik("digits")
    if len(digits) != 16:
        raise BadNik("length")
    if not 11 <= int(digits[:2]) <= 99 or digits[2:4] == "00" or digits[4:6] == "00":
        raise BadNik("area")
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex = "female" if day > 40 else "male"
    day -= 40 if day > 40 else 0
    if not _is_day(day, month, year):
        raise BadNik("date")
    if digits[12:] == "0000":
        raise BadNik("serial")
    return Nik(digits=digits, sex=sex, day=day, month=month, year=year)


def _is_day(day: int, month: int, year: int) -> bool:
    """Whether the day exists in that year of either century (29 Feb 00 existed in 2000)."""
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def hash_nik(digits: str) -> str:
    """Keyed hash for search: without the installation's key the number cannot be guessed back."""
    return hmac.new(settings.NIK_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()


def seal_nik(digits: str) -> bytes:
    """Encrypt a NIK for keeping; only exchange with the national systems opens it."""
    return _fernet(settings.NIK_KEY).encrypt(digits.encode())


def open_nik(sealed: bytes) -> str:
    """The NIK back from its seal. Raises cryptography.fernet.InvalidToken under another key."""
    return _fernet(settings.NIK_KEY).decrypt(bytes(sealed)).decode()


@lru_cache(maxsize=4)
def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"seal" + key.encode()).digest()))


def masked(tail: str) -> str:
    """What a screen shows: twelve dots and the last four digits."""
    return f"{'•' * 12}{tail}" if tail else ""
