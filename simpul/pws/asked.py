"""What a request asks for: area, month or day, sex, indicator; out of scope is not there."""

from datetime import date
from urllib.parse import urlencode

import msgspec
from django.http import Http404

from simpul import packs
from simpul.accounts.http import Request
from simpul.project import clock
from simpul.pws import areas, periods
from simpul.pws.areas import Area
from simpul.pws.queries import Question
from simpul.ui.day_field import read_day

USUAL = "idl"  # the indicator that is compared first
_SEXES = ("female", "male")


class Asked(msgspec.Struct, frozen=True):
    """The parameters of a page, checked."""

    question: Question
    month: date
    on: date | None
    indicator: str
    by: str

    @property
    def area(self) -> Area:
        return self.question.area

    @property
    def until(self) -> date:
        """The last day that can have been observed: today while the period is not over."""
        return min(self.on or periods.last_of(self.month), clock.today())

    def query(self, **changed: str) -> str:
        """The parameters as a query string, some of them changed."""
        asked = {
            "place": self.area.code,
            "month": f"{self.month:%Y-%m}",
            "on": self.on.isoformat() if self.on else "",
            "sex": self.question.sex,
            "indicator": self.indicator,
            "by": self.by,
        } | changed
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def base(self) -> str:
        """The parameters that every link of the page keeps."""
        return self.query(indicator="", by="")


def read(request: Request, indicator: str = "") -> Asked:
    """The request's parameters. Raises Http404 for an area that this user may not see."""
    area = _area(request)
    on = _day(request.GET.get("on", ""))
    month = periods.first_of(on) if on else _month(request.GET.get("month", ""))
    sex = request.GET.get("sex", "")
    indicators = packs.load().indicators
    indicator = indicator or request.GET.get("indicator", "")
    if indicator not in indicators:
        indicator = USUAL if USUAL in indicators else next(iter(indicators), "")
    return Asked(
        Question(area, sex if sex in _SEXES else ""), month, on, indicator,
        request.GET.get("by", ""),
    )  # fmt: skip


def _area(request: Request) -> Area:
    code = request.GET.get("place", "")
    found = areas.area(request.scope, code) if code else areas.home(request.scope, request.user)
    if found is None:
        raise Http404
    return found


def _month(text: str) -> date:
    """The month asked for; this month when none, a wrong one, or one that has not begun."""
    this_month = periods.first_of(clock.today())
    try:
        return min(periods.month_from(text), this_month)
    except ValueError:
        return this_month


def _day(text: str) -> date | None:
    """The day asked for, when it is past: today is this month as it stands."""
    day = read_day(text)
    if day is None or day >= clock.today() or day == periods.last_of(periods.first_of(day)):
        return None
    return day
