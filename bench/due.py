"""Milliseconds of the due list's page, through the Django test client, on invented residents.

`python bench/due.py [residents]` (30.000). Medians. The hard case: adults were never screened, so
most people are on the list, as after the first import of a register.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.project.settings")
os.environ["SIMPUL_DATA"] = tempfile.mkdtemp(prefix="simpul-bench-")
os.environ["SIMPUL_TODAY"] = "2026-11-20"

TODAY = date(2026, 11, 20)
PER_VILLAGE = 3000
REPEATS = 7
MARKS = {"village": 150, "puskesmas": 300}
VACCINES = (("bcg", 30), ("opv", 60), ("dpt_hb_hib", 62), ("pcv", 65), ("ipv", 130), ("mr", 280))


def main() -> None:
    residents = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    midwife, head = land(residents)
    measure(residents, midwife, head)


def land(residents: int):
    """A Puskesmas with villages of 3.000, one account for a village and one for all."""
    from simpul.accounts import actions as accounts
    from simpul.places import actions as places

    random.seed(20261120)
    district = places.add_place(code="62.03.01", kind="district", name="Selat")
    villages = [
        places.add_place(
            code=f"62.03.01.{1001 + n}", kind="village", name=f"Desa {n + 1}", parent=district
        )
        for n in range(max(residents // PER_VILLAGE, 1))
    ]
    puskesmas = places.add_facility(
        code="P", kind="puskesmas", name="Melati", village=villages[0], covers=villages
    )
    pustu = places.add_facility(
        code="T", kind="pustu", name="Pustu", village=villages[0], parent=puskesmas,
        covers=villages[:1],
    )  # fmt: skip
    for village in villages:
        people_of(village, residents // len(villages))
    user = {"password": "kapuas-2026-uji", "by": None}
    return (
        accounts.add_user(username="budi", name="Budi", role="midwife", facility=pustu, **user),
        accounts.add_user(username="eko", name="Eko", role="head", facility=puskesmas, **user),
    )


def people_of(village, n: int) -> None:
    """Households of three or four with their facts."""
    from simpul.people import actions as people
    from simpul.records import actions as records

    homes = people.register_households(
        by=None,
        new=[
            people.NewHousehold(
                village=village, address=f"Jl. Barito No. {i}", rt_label=f"RT {i % 14 + 1:03d}",
                head_name=f"Kepala {i}",
            )
            for i in range(n * 10 // 36)
        ],
    )  # fmt: skip
    persons = people.register_persons(by=None, new=[person(random.choice(homes)) for _ in range(n)])
    facts = [fact for one in persons for fact in facts_of(one, records.NewFact)]
    records.record_visit(by=None, facts=facts, kind="import")


def person(home):
    from simpul.people.actions import NewPerson

    days = random.randrange(1826) if random.random() < 0.1 else random.randrange(1826, 80 * 365)
    born = TODAY - timedelta(days=days)
    sex = random.choice(("female", "male"))
    return NewPerson(
        household=home, name=f"Warga {random.randrange(10**6)}", sex=sex, birth_date=born
    )


def facts_of(one, new):
    """Vaccines and weighings of the small; some of it left out."""
    age = (TODAY - one.birth_date).days
    if age > 1826:
        return
    for name, due in VACCINES:
        on = one.birth_date + timedelta(days=due + random.randrange(20))
        if on <= TODAY and random.random() < 0.8:
            yield new(one.pk, f"vaccine.{name}", on, True)
    for days in range(30, age, 30):
        if random.random() < 0.7:
            kg = round(3.3 + days**0.5 * 0.3, 1)
            yield new(one.pk, "body.weight", one.birth_date + timedelta(days=days), kg)


def measure(residents: int, midwife, head) -> None:
    from django.test import Client

    from simpul.accounts import queries as accounts
    from simpul.due import actions, queries

    started = time.perf_counter()
    actions.refresh()
    print(f"refresh    {residents} people: {time.perf_counter() - started:.1f} s")
    for name, user in (("village", midwife), ("puskesmas", head)):
        client = Client(HTTP_HOST="localhost")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.get("/due/")  # the templates are read once
        wall, cpu = [], []
        for _ in range(REPEATS):
            started, spent = time.perf_counter(), time.process_time()
            answer = client.get("/due/")
            wall.append((time.perf_counter() - started) * 1000)
            cpu.append((time.process_time() - spent) * 1000)
            assert answer.status_code == 200
        ms, found = median(wall), queries.found(accounts.scope_of(user), TODAY, queries.Where())
        verdict = "ok" if ms <= MARKS[name] else "SLOW"
        print(
            f"{name:<10} {found.n_persons} people in {len(found.houses)} houses: "
            f"{ms:.0f} ms (mark {MARKS[name]} ms) {verdict}; processor {median(cpu):.0f} ms"
        )


if __name__ == "__main__":
    main()
