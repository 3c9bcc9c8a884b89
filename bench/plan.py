"""How long one person's plan and indicators take: median, mean, p99 in milliseconds

of processor time, so that other work on the machine does not count.

    python bench/plan.py            exits 1 when the plan's mean > 0.15 ms or p99 > 1 ms
"""

import gc
import random
import sys
from datetime import date, timedelta
from statistics import mean, median, quantiles
from time import thread_time_ns

from simpul.engine.indicators import judge
from simpul.engine.plan import plan
from simpul.engine.values import Fact, Person
from simpul.packs import load

AS_OF = date(2026, 8, 31)
PEOPLE = 2000
ROUNDS = 5


def child(rng: random.Random) -> Person:
    """A child with about 40 facts: doses, weighings with a length, supplements."""
    birth = AS_OF - timedelta(days=rng.randrange(60, 1800))
    age = (AS_OF - birth).days
    facts = []
    doses = {"hb0": [0], "bcg": [20], "opv": [20, 62, 93, 125], "dpt_hb_hib": [62, 93, 125, 550]}
    doses |= {"pcv": [62, 93, 370], "rv": [62, 93, 125], "ipv": [125, 280], "mr": [280, 550]}
    for vaccine, days in doses.items():
        for day in days:
            if day <= age:
                facts.append(Fact(f"vaccine.{vaccine}", birth + timedelta(days=day), True))
    for month in range(max(0, age // 30 - 12), age // 30):
        on = birth + timedelta(days=30 * month + rng.randrange(20))
        facts.append(Fact("body.weight", on, 3.2 + 0.45 * month**0.8 + rng.random() * 0.3))
        if month % 6 == 0:
            facts.append(Fact("body.lenhei", on, 50 + 3.0 * month**0.75))
    for capsule in (date(2026, 2, 10), date(2026, 8, 10)):
        if (capsule - birth).days > 190:
            facts.append(Fact("supplement.vitamin_a", capsule, "red"))
    while len(facts) < 40:
        on = birth + timedelta(days=rng.randrange(age + 1))
        facts.append(Fact("body.headc", on, 40.0))
    facts.sort(key=lambda fact: fact.on)
    return Person(rng.choice(["female", "male"]), birth, tuple(facts), "62")


def adult(rng: random.Random) -> Person:
    """An adult with 40 facts: blood pressure, glucose, weight; some women pregnant."""
    birth = AS_OF - timedelta(days=rng.randrange(16 * 365, 80 * 365))
    sex = rng.choice(["female", "male"])
    facts = []
    for visit in range(8):
        on = AS_OF - timedelta(days=40 * visit + rng.randrange(30))
        facts += [
            Fact("bp.systolic", on, float(rng.randrange(100, 190))),
            Fact("bp.diastolic", on, float(rng.randrange(60, 115))),
            Fact("glucose.random", on, float(rng.randrange(80, 260))),
            Fact("body.weight", on, float(rng.randrange(40, 90))),
        ]
    if sex == "female":
        facts.append(
            Fact("pregnancy.lmp", AS_OF - timedelta(days=150), AS_OF - timedelta(days=180))
        )
        facts += [Fact("anc.visit", AS_OF - timedelta(days=d), "midwife") for d in (120, 60, 20)]
    while len(facts) < 40:
        facts.append(Fact("lab.hb", AS_OF - timedelta(days=rng.randrange(900)), 12.0))
    return Person(sex, birth, tuple(sorted(facts, key=lambda f: f.on)), "62")


def measured(work, people: list[Person]) -> list[float]:
    """Milliseconds of each call, after one round to warm up."""
    for person in people:
        work(person)
    took = []
    for _ in range(ROUNDS):
        for person in people:
            start = thread_time_ns()
            work(person)
            took.append((thread_time_ns() - start) / 1e6)
    return took


def told(name: str, took: list[float]) -> tuple[float, float]:
    """Print one line; return mean and p99."""
    p99 = quantiles(took, n=100)[98]
    print(f"{name:22} median {median(took):.3f}  mean {mean(took):.3f}  p99 {p99:.3f} ms")
    return mean(took), p99


def main() -> int:
    rng = random.Random(8)
    pack = load()
    children = [child(rng) for _ in range(PEOPLE // 2)]
    adults = [adult(rng) for _ in range(PEOPLE // 2)]
    first = AS_OF.replace(day=1)
    gc.collect()
    gc.freeze()
    for name, people in (("children", children), ("adults", adults)):
        told(f"plan, {name}", measured(lambda p: plan(pack, p, AS_OF), people))
        told(f"judge, {name}", measured(lambda p: judge(pack, p, first, AS_OF), people))
    both = measured(lambda p: plan(pack, p, AS_OF), children + adults)
    average, p99 = told("plan, all", both)
    return 1 if average > 0.15 or p99 > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
