"""The only clock. A day is the installation's local day; SIMPUL_TODAY fixes it for tests."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def zone() -> ZoneInfo:
    """The installation's time zone: WIB, WITA or WIT."""
    return ZoneInfo(os.environ.get("SIMPUL_TIME_ZONE", "Asia/Jakarta"))


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """The local calendar day, or the one fixed by SIMPUL_TODAY (YYYY-MM-DD)."""
    fixed = os.environ.get("SIMPUL_TODAY")
    if fixed:
        return date.fromisoformat(fixed)
    return datetime.now(tz=zone()).date()
