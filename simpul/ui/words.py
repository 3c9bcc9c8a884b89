"""Dates, ages, numbers and money in words, Indonesian and English.
Pure: the language and the day are arguments; None becomes a dash, never an error."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from simpul.engine.days import completed_months

DASH = "–"
MINUS = "−"
MONTHS_SHORT = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
UNITS = {
    "id": {"day": "hr", "week": "mg", "month": "bln", "year": "th"},
    "en": {"day": "d", "week": "wk", "month": "mo", "year": "y"},
}
UNBORN = {"id": "belum lahir", "en": "not yet born"}
SINCE = {"id": "sejak", "en": "since"}
TODAY = {"id": "hari ini", "en": "today"}
MONTHS_SHOWN_BELOW_YEARS = 6  # "4 th 1 bln", but "6 th": a month matters only to the small

Number = int | float | Decimal


def known(lang: str | None) -> str:
    """The language we have words for: English for any English, else Indonesian."""
    return "en" if (lang or "").startswith("en") else "id"


# dates


def day(value: date | None, lang: str = "id") -> str:
    """20 Nov 2026"""
    if value is None:
        return DASH
    return f"{value.day} {MONTHS_SHORT[known(lang)][value.month - 1]} {value.year}"


def day_short(value: date | None, lang: str = "id") -> str:
    """20 Nov: where the year is plain from its place."""
    if value is None:
        return DASH
    return f"{value.day} {MONTHS_SHORT[known(lang)][value.month - 1]}"


def day_long(value: date | None, lang: str = "id") -> str:
    """Jumat, 20 Nov 2026"""
    if value is None:
        return DASH
    return f"{WEEKDAYS[known(lang)][value.weekday()]}, {day(value, lang)}"


def moment(value: datetime | None, lang: str = "id") -> str:
    """20 Nov 2026 14.05 (the caller turns the instant into local time)."""
    if value is None:
        return DASH
    separator = ":" if known(lang) == "en" else "."
    return f"{day(value, lang)} {value.hour:02d}{separator}{value.minute:02d}"


def month(value: date | None, lang: str = "id") -> str:
    """November 2026"""
    if value is None:
        return DASH
    return f"{MONTHS[known(lang)][value.month - 1]} {value.year}"


def month_short(value: date | None, lang: str = "id") -> str:
    """Nov 2026"""
    if value is None:
        return DASH
    return f"{MONTHS_SHORT[known(lang)][value.month - 1]} {value.year}"


def span(first: date | None, last: date | None, lang: str = "id") -> str:
    """1–20 Nov 2026, or 28 Okt 2026 – 3 Nov 2026."""
    if first is None or last is None:
        return day(first or last, lang)
    if first == last:
        return day(first, lang)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, lang)}"
    return f"{day(first, lang)} – {day(last, lang)}"


# ages and durations


def months_between(first: date, last: date) -> int:
    """Completed months, counted as the rules count them."""
    return completed_months(first.toordinal(), last.toordinal())


def age(birth_date: date | None, as_of: date | None, lang: str = "id") -> str:
    """8 hr, 9 bln, 2 th 4 bln, 34 th"""
    if birth_date is None or as_of is None:
        return DASH
    unit = UNITS[known(lang)]
    if as_of < birth_date:
        return UNBORN[known(lang)]
    months = months_between(birth_date, as_of)
    if months < 1:
        return f"{(as_of - birth_date).days} {unit['day']}"
    years, rest = divmod(months, 12)
    if years < 1:
        return f"{months} {unit['month']}"
    if years < MONTHS_SHOWN_BELOW_YEARS:
        return f"{years} {unit['year']} {rest} {unit['month']}"
    return f"{years} {unit['year']}"


def age_months(months: int | None, lang: str = "id") -> str:
    """An age given in completed months: 9 bln, 2 th, 2 th 4 bln (for axes and rules)."""
    if months is None:
        return DASH
    unit = UNITS[known(lang)]
    years, rest = divmod(months, 12)
    if years < 1 or months == 12 or (months < 24 and rest):
        return f"{months} {unit['month']}"
    return f"{years} {unit['year']}" + (f" {rest} {unit['month']}" if rest else "")


def weeks(first: date | None, as_of: date | None, lang: str = "id") -> str:
    """31 mg: completed weeks, for the age of a pregnancy from its first day (HPHT)."""
    if first is None or as_of is None or as_of < first:
        return DASH
    return f"{(as_of - first).days // 7} {UNITS[known(lang)]['week']}"


def duration(first: date | None, last: date | None, lang: str = "id") -> str:
    """How long: 8 hr, 3 mg, 5 bln, 2 th"""
    if first is None or last is None:
        return DASH
    unit, days = UNITS[known(lang)], abs((last - first).days)
    months = months_between(min(first, last), max(first, last))
    if days < 14:
        return f"{days} {unit['day']}"
    if months < 2:
        return f"{days // 7} {unit['week']}"
    if months < 24:
        return f"{months} {unit['month']}"
    return f"{months // 12} {unit['year']}"


def since(value: date | None, as_of: date | None = None, lang: str = "id") -> str:
    """sejak 8 Jun 2026; with the day of asking: sejak 8 Jun 2026 (5 bln)"""
    if value is None:
        return DASH
    text = f"{SINCE[known(lang)]} {day(value, lang)}"
    if as_of is None or as_of < value:
        return text
    if as_of == value:
        return f"{text} ({TODAY[known(lang)]})"
    return f"{text} ({duration(value, as_of, lang)})"


# numbers


def number(value: Number | None, decimals: int | None = None, lang: str = "id") -> str:
    """1.250,5; without `decimals` at most two, and no trailing zeros."""
    if value is None or value != value:  # NaN is the one value unlike itself
        return DASH
    exact = Decimal(str(value))
    places = 2 if decimals is None else decimals
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if known(lang) == "id":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(value: Number | None, lang: str = "id", decimals: int = 1) -> str:
    """76,1% (the value is in percent already)"""
    text = number(value, decimals, lang)
    return text if text == DASH else f"{text}%"


def share(part: Number | None, whole: Number | None, lang: str = "id") -> str:
    """35 of 46 as 76,1%; a dash when there is nobody to count"""
    if part is None or not whole:
        return DASH
    return percent(Decimal(str(part)) * 100 / Decimal(str(whole)), lang)


def kg(value: Number | None, lang: str = "id") -> str:
    """8,7 kg; 8,65 kg; 4,0 kg"""
    if value is None:
        return DASH
    fine = Decimal(str(value)) * 10 % 1 != 0
    return f"{number(value, 2 if fine else 1, lang)} kg"


def cm(value: Number | None, lang: str = "id") -> str:
    """73,5 cm"""
    return DASH if value is None else f"{number(value, 1, lang)} cm"


def rupiah(value: Number | None, lang: str = "id") -> str:
    """Rp 1.250.000"""
    if value is None:
        return DASH
    text = number(value, 0, lang)
    return f"{MINUS}Rp {text[1:]}" if text.startswith(MINUS) else f"Rp {text}"
