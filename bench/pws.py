"""Seconds to judge a month, and milliseconds of the situation's page, through the test client.

`python bench/pws.py [residents]` (30.000 of one Puskesmas, judged). Then a district of 400.000 in
231 villages whose sums of 13 months are filled in, because only sums are read for its page.
"""

import random
import sys
import time
from math import cos, pi, sin
from statistics import median

from due import land  # makes a throw-away installation with a Puskesmas; must be imported first

REPEATS = 7
MARKS = {"puskesmas": 500, "district": 1000, "judge": 60}
VILLAGES = 231


def main() -> None:
    residents = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _midwife, head = land(residents)
    judge(residents)
    from simpul.pws import actions

    actions.catch_up_all()
    page("page of a Puskesmas", head, "/pws/", "puskesmas")
    page("names behind a number, page 1", head, "/pws/names/bp_screened/missed/", "puskesmas")
    recording(head)
    chief = district()
    page("page of a district of 400.000", chief, "/pws/", "district")
    page("the same by village", chief, "/pws/?by=village", "district")


def judge(residents: int) -> None:
    """One month from nothing."""
    from simpul.project import clock
    from simpul.pws import actions, periods

    started = time.perf_counter()
    work = actions.judge_month(month=periods.first_of(clock.today()))
    took = time.perf_counter() - started
    print(
        f"pws: judging a month of {residents} residents: {took:.1f} s "
        f"({1000 * took / max(work.judged, 1):.2f} ms a person, mark {MARKS['judge']} s)"
    )


def page(name: str, user, url: str, mark: str) -> None:
    """Median of some views of one page."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 200
    took = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        client.get(url)
        took.append(1000 * (time.perf_counter() - started))
    print(f"pws: {name}: median {median(took):.0f} ms (mark {MARKS[mark]} ms)")


def recording(user) -> None:
    """The page right after a service was recorded: somebody is judged again first."""
    from django.test import Client

    from simpul.people import queries as people
    from simpul.project import clock
    from simpul.records import actions as records

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    scope = client.get("/pws/").wsgi_request.scope
    took = []
    for person in people.in_scope(scope).order_by("-birth_date")[:REPEATS]:
        fact = records.NewFact(person.pk, "body.weight", clock.today(), 4.0)
        records.record_visit(by=user, facts=[fact])
        started = time.perf_counter()
        client.get("/pws/")
        took.append(1000 * (time.perf_counter() - started))
    print(f"pws: page of a Puskesmas after recording: median {median(took):.0f} ms (mark 500 ms)")


def district():
    """A regency of 231 drawn villages with the sums of 13 months; its account."""
    from simpul.accounts import actions as accounts
    from simpul.places import actions as places

    random.seed(400_000)
    regency = places.add_place(code="62.71", kind="regency", name="Kota Uji")
    villages = []
    for k in range(VILLAGES):
        code = f"62.71.{k // 14 + 1:02d}"
        parent = places.add_place(
            code=code, kind="district", name=f"Kecamatan {code[-2:]}", parent=regency
        )
        village = places.add_place(
            code=f"{code}.{1001 + k % 14}", kind="village", name=f"Desa uji {k}", parent=parent
        )
        places.draw(place=village, rings=[_ring(k % 5, k // 5)])
        places.draw(place=parent, rings=[_ring(2, k // 14 * 3, 2)])
        villages.append(village)
    _fill(villages)
    user = {"password": "kapuas-2026-uji", "by": None}
    return accounts.add_user(username="fitri", name="Fitri", role="district", area=regency, **user)


def _ring(x: int, y: int, size: float = 1.0) -> list[list[float]]:
    return [
        [
            114 + 0.1 * (x + size * cos(2 * pi * k / 54)),
            -3 + 0.1 * (y + size * sin(2 * pi * k / 54)),
        ]
        for k in range(54)
    ]


def _fill(villages: list) -> None:
    from simpul import packs
    from simpul.pws import masks
    from simpul.pws.models import IndicatorCount, MonthState

    bits = sorted(masks.bits_of(packs.load()).values())
    n = 0
    for state in MonthState.objects.all():
        for village in villages:
            rows = [
                IndicatorCount(
                    state=state, level="village", village=village, area=0, sex=sex, bit=bit,
                    n_counted=60, n_reached=random.randrange(20, 60),
                )
                for bit in bits
                for sex in ("female", "male")
            ]  # fmt: skip
            IndicatorCount.objects.bulk_create(rows, batch_size=3000)
            n += len(rows)
    print(f"pws: filled in {n} sums of {VILLAGES} villages and 13 months")


if __name__ == "__main__":
    main()
