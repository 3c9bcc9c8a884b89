"""Search among 400,000 residents: median and worst of varied queries, on a new embedded database.

python bench/search.py [--residents 400000]
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import date, timedelta

FIRST = [
    "Siti", "Nur", "Muhammad", "Ahmad", "Abdul", "Sri", "Dewi", "Putri", "Rizky", "Dimas", "Agus",
    "Budi", "Eko", "Fitri", "Galang", "Hana", "Indah", "Joko", "Kartini", "Lestari", "Maya",
    "Nanda", "Oki", "Putra", "Rahmat", "Soekarno", "Tjahjono", "Umar", "Vina", "Wahyu", "Yuliana",
    "Zahra", "Djoko", "Hasan", "Husin", "Ilham", "Jaya", "Kurnia", "Lutfi", "Mariani", "Noor",
    "Oetari", "Pangeran", "Ratna", "Salmah", "Teguh", "Ujang", "Wati", "Yanti", "Zubaidah",
]  # fmt: skip
LAST = [
    "Aminah", "Rahman", "Wijaya", "Santoso", "Handayani", "Setiawan", "Prasetyo", "Nugroho",
    "Hidayat", "Lestari", "Permata", "Maulana", "Ramadhan", "Safitri", "Anggraini", "Kusuma",
    "Saputra", "Hakim", "Fauzan", "Aulia", "Amelia", "Maharani", "Hartati", "Sumiati", "Suryani",
    "Nurhayati", "Wahyuni", "Rohana", "Endang", "Rusmini", "Djoemiati", "Soepardi", "Masniah",
    "Barito", "Kapuas", "Panamas", "Akbar", "Sanjaya", "Prayoga", "Rizki", "Ayu", "Sari", "Citra",
    "Melati", "Kenanga", "Dahlia", "Anwar", "Basuki", "Cahyono", "Darma", "Effendi", "Firdaus",
]  # fmt: skip
QUERIES = [
    "siti", "aminah", "soekarno", "djoko", "jaya", "pras", "zu", "siti amin", "rahman abdul",
    "nurhayati", "tjahj", "wulandari kusumaningrum", "qwerty", "barito 17", "muhammad rizki", "nik",
]  # fmt: skip


def build(residents: int) -> str:
    """Fill the tables by bulk insert; return the NIK of one of the persons."""
    from django.db import connection, transaction

    from simpul.people.models import Household, Person
    from simpul.people.nik import hash_nik
    from simpul.places.actions import add_place
    from simpul.places.spelling import name_key

    choose = random.Random(1)
    regency = add_place(code="62.03", kind="regency", name="Kapuas")
    villages = [
        add_place(code=f"62.03.01.{1000 + n}", kind="village", name=f"Desa {n}", parent=regency)
        for n in range(max(1, residents // 1900))
    ]

    def name() -> str:
        more = choose.choice(("", choose.choice(LAST)))
        return f"{choose.choice(FIRST)} {choose.choice(LAST)} {more}".strip()

    def home(pk: int) -> Household:
        address, head = f"Jl. {choose.choice(LAST)} No. {pk % 97}", name()
        return Household(
            pk=pk, village=villages[pk % len(villages)], address=address, head_name=head,
            rt_label=f"RT {pk % 12 + 1:03d}/RW 001", search_key=name_key(f"{head} {address}"),
        )  # fmt: skip

    def person(pk: int) -> Person:
        own, mother = name(), name()
        return Person(
            pk=pk, household_id=pk // 4 + 1, village=villages[(pk // 4 + 1) % len(villages)],
            name=own, name_key=name_key(own), mother_name=mother, mother_key=name_key(mother),
            sex=choose.choice(("female", "male")), nik_hash=hash_nik(f"{pk:016d}"), nik_tail="0000",
            birth_date=date(2026, 11, 1) - timedelta(days=choose.randrange(29000)),
        )  # fmt: skip

    with transaction.atomic():
        for start in range(0, residents // 4 + 1, 5000):
            Household.objects.bulk_create(
                [home(pk + 1) for pk in range(start, min(start + 5000, residents // 4 + 1))]
            )
        for start in range(0, residents, 5000):
            Person.objects.bulk_create([person(pk) for pk in range(start, start + 5000)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return f"{residents // 2:016d}"


def measure(nik: str, repeat: int = 5) -> None:
    from simpul.accounts.scope import EVERYTHING, Scope
    from simpul.people import queries as people
    from simpul.places import queries as places

    ids = sorted(places.villages().values_list("pk", flat=True))
    scopes = {
        "whole district": EVERYTHING,
        "district by its villages": Scope(villages=frozenset(ids)),
        "Puskesmas of 16 villages": Scope(villages=frozenset(ids[:16])),
    }
    for label, scope in scopes.items():
        medians = {}
        for query in QUERIES:
            times = []
            for _ in range(repeat):
                started = time.perf_counter()
                hits = people.search(scope, nik if query == "nik" else query)
                times.append(time.perf_counter() - started)
            medians[query] = (statistics.median(times) * 1000, len(hits))
        slowest = max(medians, key=lambda query: medians[query][0])
        print(
            f"search, {label}: median {statistics.median(m for m, _ in medians.values()):.0f} ms, "
            f"slowest {medians[slowest][0]:.0f} ms ({slowest!r}), NIK {medians['nik'][0]:.1f} ms"
        )
        for query, (took, n) in medians.items():
            if os.environ.get("BENCH_VERBOSE"):
                print(f"    {took:6.1f} ms {n:4d} {query}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=400_000)
    residents = parser.parse_args().residents
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        from simpul.project.cli import django_ready

        django_ready.setup()
        started = time.perf_counter()
        nik = build(residents)
        print(f"{residents:,} residents built in {time.perf_counter() - started:.0f} s")
        measure(nik)


if __name__ == "__main__":
    main()
