"""The cells of refused rows, kept until they are corrected: sealed, for they hold NIK and health
data. What is shown of a cell never shows a whole NIK."""

import re

import msgspec

from simpul.people import nik as niks

_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){11}[ .-]?(\d{4})(?!\d)")


def sealed(cells: list[str] | tuple[str, ...]) -> str:
    """The cells as the database keeps them; opened by the key of the NIK only."""
    return niks.seal_nik(msgspec.json.encode(list(cells)).decode()).decode()


def opened(kept: str | None) -> list[str]:
    """The cells as they stood; none once they were forgotten."""
    return msgspec.json.decode(niks.open_nik(kept.encode()), type=list[str]) if kept else []


def discreet(value: str) -> str:
    """A value for the page: of a NIK or card number only the last four digits."""
    return _LONG_NUMBER.sub(lambda found: niks.masked(found[1]), value)
