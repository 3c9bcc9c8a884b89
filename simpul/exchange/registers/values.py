"""What a cell of a register may hold: dates, numbers, sex, ages, in every way people write them.
Pure. None is a blank cell; what cannot be read raises BadValue, never a guess."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

Cell = object  # str, int, float, bool, date, datetime, time or timedelta, as the file gives it

_BLANK = {"", "-", "--", "–", "—", "n/a", "na", "null", "none", "#n/a", "nan"}
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januari january",
            "feb peb februari pebruari february",
            "mar mrt maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agt agus agst ags aug agustus august",
            "sep sept september",
            "okt oct oktober october",
            "nov nop november nopember",
            "des dec desember december",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMERIC_DATE = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})$")
_WORDED_DATE = re.compile(r"(\d{1,2})[./\- ]*([a-z]+)[./\- ,]*(\d{2}|\d{4})$")
_TIME_OF_DAY = re.compile(r"[t ]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[ap]m)?z?$")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(3_000, 80_000)  # 1908 to 2119
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")
_UNIT = re.compile(r"\s*(kg|kilo|gram|gr|g|cm|mm ?hg|mg/dl|g/dl|thn?|tahun)\.?$", re.IGNORECASE)
_AGE_PART = re.compile(
    r"(\d+)\s*(tahun|thn|th|t|bulan|bln|bl|b|minggu|mgg|mg|hari|hr|h)(?![a-z])", re.IGNORECASE
)
_FEMALE = {"p", "pr", "perempuan", "wanita", "prempuan", "f", "female", "2", "w"}
_MALE = {"l", "lk", "laki", "laki laki", "lakilaki", "laki2", "lelaki", "pria", "m", "male", "1"}
_LYING = {"terlentang", "telentang", "tidur", "berbaring", "baring", "l", "lying", "panjang", "pb"}
_STANDING = {"berdiri", "tegak", "h", "b", "standing", "tinggi", "tb"}
_RED_WORDS, _BLUE_WORDS = {"merah", "red", "m"}, {"biru", "blue", "b"}


class BadValue(ValueError):
    """A cell that is filled but cannot be read. `code`: unreadable, no_such_day, unknown."""

    def __init__(self, code: str = "unreadable"):
        super().__init__(code)
        self.code = code


def text(cell: Cell) -> str:
    """The cell as a person sees it, spaces joined; '' when blank."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Nothing was written here: empty, or one of the marks people use for nothing."""
    return text(cell).lower() in _BLANK


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """A name in small letters without accents and marks: equal only when written the same."""
    folded = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", folded.replace("'", "")).split())


def day(cell: Cell, order: str = "dmy") -> date | None:
    """A calendar day. `order` says how 03/04/2026 is meant: dmy, mdy or ymd."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell))
    return None if is_blank(cell) else _written_day(text(cell).lower(), order)


def _serial(number: float) -> date:
    if int(number) not in _EXCEL_DAYS:
        raise BadValue
    return _EXCEL_EPOCH + timedelta(days=int(number))


@lru_cache(maxsize=16_384)
def _written_day(written: str, order: str) -> date:
    written = _TIME_OF_DAY.sub("", written).strip()
    if found := _NUMERIC_DATE.match(written):
        return _made(*_in_order(found.groups(), order))
    if found := _WORDED_DATE.match(written):
        named, month, year = found.groups()
        if month not in _MONTHS:
            raise BadValue
        return _made(_full_year(year), _MONTHS[month], int(named))
    if len(written) == 8 and written.isdigit():
        if written[:2] in ("19", "20"):
            return _made(int(written[:4]), int(written[4:6]), int(written[6:]))
        return _made(int(written[4:]), int(written[2:4]), int(written[:2]))
    if len(written) == 5 and written.isdigit():
        return _serial(float(written))
    raise BadValue


def _in_order(parts: tuple[str, ...], order: str) -> tuple[int, int, int]:
    """Year, month, day. A four-digit part is the year, whatever the order says."""
    first, second, third = parts
    if len(first) == 4 or (order == "ymd" and len(third) <= 2 and len(first) == 2):
        return _full_year(first), int(second), int(third)
    if len(third) not in (2, 4) or len(first) > 2:
        raise BadValue
    if order == "mdy":
        return _full_year(third), int(first), int(second)
    return _full_year(third), int(second), int(first)


def _full_year(written: str) -> int:
    """'26' is 2026, '49' 2049, '50' 1950: births lie in the past, and checks catch the future."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _made(year: int, month: int, named: int) -> date:
    if not 1900 <= year <= 2100:
        raise BadValue
    try:
        return date(year, month, named)
    except ValueError:
        raise BadValue("no_such_day") from None


def number(cell: Cell) -> float | None:
    """A number with comma or point: '8,4', '8.4 kg', '1.234,5'."""
    if isinstance(cell, bool | datetime | date):
        raise BadValue
    if isinstance(cell, int | float):
        return float(cell)
    return None if is_blank(cell) else _written_number(text(cell))


@lru_cache(maxsize=16_384)
def _written_number(written: str) -> float:
    written = _UNIT.sub("", written).replace(" ", "").replace("−", "-")
    comma, point = written.rfind(","), written.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "." if comma > point else ","
        written = written.replace(thousands, "")
    written = written.replace(",", ".")
    if not _NUMBER.match(written):
        raise BadValue
    return float(written)


def pressure(cell: Cell) -> tuple[float, float] | None:
    """'120/80' as systolic and diastolic."""
    if is_blank(cell):
        return None
    parts = re.split(r"[/\\]", text(cell))
    if len(parts) != 2:
        raise BadValue
    upper, lower = number(parts[0]), number(parts[1])
    if upper is None or lower is None:
        raise BadValue
    return upper, lower


def sex(cell: Cell) -> str | None:
    """'female' or 'male' from L/P, 1/2, laki-laki/perempuan, m/f."""
    if is_blank(cell):
        return None
    word = plain(text(cell))
    if word in _FEMALE:
        return "female"
    if word in _MALE:
        return "male"
    raise BadValue("unknown")


def measure(cell: Cell) -> str | None:
    """How length was taken: 'l' lying (terlentang), 'h' standing (berdiri)."""
    if is_blank(cell):
        return None
    word = plain(text(cell))
    if word in _LYING:
        return "l"
    if word in _STANDING:
        return "h"
    raise BadValue("unknown")


def capsule(cell: Cell) -> str | None:
    """Vitamin A: 'blue', 'red', or 'any' when only a number says that one was given."""
    if is_blank(cell):
        return None
    word = plain(text(cell))
    if word in _RED_WORDS:
        return "red"
    if word in _BLUE_WORDS:
        return "blue"
    if word in {"tidak", "t", "belum", "no", "0"}:
        return None
    if word in {"ya", "y", "yes", "v", "x", "sudah"} or (word.isdigit() and int(word) <= 12):
        return "any"
    raise BadValue("unknown")


def age(cell: Cell, unit: str = "years") -> tuple[int, int] | None:
    """An age as (months, days): '2 th 3 bln', '0 Tahun - 4 Bulan - 8 Hari', '15' in `unit`."""
    if is_blank(cell):
        return None
    written = text(cell)
    parts = _AGE_PART.findall(written)
    if not parts:
        bare = number(written)
        if bare is None or not 0 <= bare <= 1500:
            raise BadValue
        return (round(bare * 12), 0) if unit == "years" else (int(bare), 0)
    months = days = 0
    for amount, word in parts:
        kind = word.lower()
        if kind.startswith("t"):
            months += 12 * int(amount)
        elif kind.startswith("b"):
            months += int(amount)
        else:
            days += int(amount) * (7 if kind.startswith("m") else 1)
    return months, days


def born_about(measured_on: date, months: int, days: int) -> date:
    """The birth date that this age on that day gives; a day that does not exist moves back."""
    total = measured_on.year * 12 + measured_on.month - 1 - months
    year, month = divmod(total, 12)
    for last in range(measured_on.day, 27, -1):
        try:
            return date(year, month + 1, last) - timedelta(days=days)
        except ValueError:
            continue
    return date(year, month + 1, min(measured_on.day, 28)) - timedelta(days=days)


def nik_text(cell: Cell) -> str:
    """The NIK as written; '' when blank or only zeros. A number cell gives its digits."""
    written = text(cell).lstrip("'`’").strip()
    if written.lower() in _BLANK or not written.strip("0 .-"):
        return ""
    return written


def rt_part(cell: Cell, word: str) -> str:
    """'3', '003', 'RT 03', 3.0 as 'RT 003'; '' when blank or zero."""
    written = text(cell).upper().replace(word, "").strip(" .:-")
    if written.lower() in _BLANK or not written.strip("0"):
        return ""
    if written.isascii() and written.isdigit():
        return f"{word} {int(written):03d}"
    return f"{word} {written[:12]}"


def rt_label(rt: Cell, rw: Cell) -> str:
    """'RT 003/RW 001', as addresses are shown; a cell '003/001' holds both."""
    if isinstance(rt, str) and "/" in rt and is_blank(rw):
        rt, rw = rt.split("/", 1)
    return "/".join(part for part in (rt_part(rt, "RT"), rt_part(rw, "RW")) if part)
