"""What `simpul check` looks at. Rule: every finding says what is wrong and how to mend it."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from simpul import packs
from simpul.accounts import actions as accounts
from simpul.accounts.scope import EVERYTHING
from simpul.due import plans
from simpul.due import queries as due
from simpul.people import queries as people
from simpul.places import queries as places
from simpul.project import chores, clock
from simpul.pws import areas
from simpul.pws import queries as pws
from simpul.records import queries as records

SAMPLE = 50
LEAST_FREE = 1_000_000_000  # bytes
_OWNER_ONLY = 0o077


class Finding(msgspec.Struct, frozen=True):
    """One line of the check. `mend` is empty when all is well."""

    subject: str
    detail: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return not self.mend


def database() -> Iterator[Finding]:
    """Reachable, whole, and at the newest tables."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        sound = _is_whole()
    except DatabaseError as error:
        kind = type(error).__name__
        yield Finding(
            "Basis data", f"tidak terjangkau ({kind})", "periksa DATABASE_URL dan izinnya"
        )
        return
    if sound:
        yield Finding("Basis data", f"terjangkau ({connection.vendor})")
    else:
        yield Finding(
            "Basis data", "berkasnya rusak", "pulihkan cadangan: simpul restore FILE.simpul"
        )
    if behind:
        yield Finding("Tabel", f"{len(behind)} perubahan belum diterapkan", "jalankan simpul serve")
    else:
        yield Finding("Tabel", "terbaru")


def _is_whole() -> bool:
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        return cursor.fetchone() == ("ok",)


def audit() -> Iterator[Finding]:
    """Nobody edited, dropped or reordered the log of who did and saw what."""
    broken = list(accounts.broken_links())
    if not broken:
        yield Finding("Rantai audit", "utuh")
        return
    yield Finding(
        "Rantai audit",
        f"putus di baris {broken[0]} ({len(broken)} baris)",
        "ada yang mengubah basis data dari luar: bandingkan dengan cadangan terakhir",
    )


def log() -> Iterator[Finding]:
    """'Everything after n' has no holes: as many facts as the last number says, none beyond it."""
    last = records.last_seq()
    held, beyond = records.n_facts(), records.n_facts(seq__gt=last) + records.n_facts(seq__lt=1)
    if held == last and not beyond:
        yield Finding("Catatan", f"{held} tanpa nomor yang hilang")
    else:
        yield Finding(
            "Catatan",
            f"{last - held + beyond} nomor hilang, {beyond} di luar urutan",
            "ada catatan yang dihapus dari luar: pulihkan cadangan terakhir",
        )


def rules() -> Iterator[Finding]:
    """The rules can be read without a mistake."""
    try:
        pack = packs.load()
    except packs.PackError as error:
        first = str(error).splitlines()[0]
        yield Finding("Aturan", first, "jalankan simpul pack check untuk semua kesalahan")
        return
    yield Finding("Aturan", f"{pack.id} {pack.version}, {len(pack.services)} layanan")


def lists(seed: int | None = None) -> Iterator[Finding]:
    """What is stored for some residents equals their plan worked out anew."""
    rng = random.Random(seed)  # noqa: S311  a sample, no secret
    ids = list(people.in_scope(EVERYTHING).values_list("pk", flat=True))
    chosen = rng.sample(ids, min(SAMPLE, len(ids)))
    persons = list(people.in_scope(EVERYTHING).filter(pk__in=chosen))
    wrong = sum(1 for pk in _differing(persons))
    if not wrong:
        yield Finding("Daftar sasaran", f"{len(persons)} warga dicocokkan, semua sama")
    else:
        yield Finding(
            "Daftar sasaran",
            f"{wrong} dari {len(persons)} warga tidak sama",
            "jalankan simpul refresh",
        )


def _differing(persons: list) -> Iterator[int]:
    """Ids of those whose stored open items are not those of a fresh plan."""
    today = clock.today()
    stored: dict[int, set] = {one.pk: set() for one in persons}
    rows = due.in_scope(EVERYTHING).filter(plan_id__in=list(stored), due_on__lte=today)
    columns = ("plan_id", "service", "occurrence", "due_on", "late_on", "closes_on")
    for pk, *item in rows.values_list(*columns):
        if item[-1] is None or item[-1] >= today:
            stored[pk].add(tuple(item))
    for pk, items in plans.live(persons, today).items():
        fresh = {
            (one.service, one.occurrence, one.due_on, one.late_on, one.closes_on)
            for one in items
            if one.status in plans.OPEN
        }
        if fresh != stored[pk]:
            yield pk


def numbers(seed: int | None = None) -> Iterator[Finding]:
    """The numbers of one village in one month equal the names behind them."""
    rng = random.Random(seed)  # noqa: S311  a sample, no secret
    months = pws.months(EVERYTHING)
    villages = list(places.villages())
    if not months or not villages:
        yield Finding("Capaian", "belum ada bulan yang dihitung")
        return
    month, village = rng.choice(months), rng.choice(villages)
    area = areas.area(EVERYTHING, village.code)
    if area is None:
        return
    question = pws.Question(area)
    sums = pws.sums(EVERYTHING, question, [month]).get(month, {})
    wrong = [
        indicator for indicator, pair in sums.items() if pair != _named(question, month, indicator)
    ]
    said = f"{village.name}, {month:%m/%Y}: {len(sums)} angka"
    if wrong:
        yield Finding(
            "Capaian", f"{said}, salah: {', '.join(wrong[:4])}", "jalankan simpul refresh"
        )
    else:
        yield Finding("Capaian", f"{said} sama dengan daftar namanya")


def _named(question: pws.Question, month, indicator: str) -> tuple[int, int]:
    def count(which: str) -> int:
        return pws.names(EVERYTHING, question, month, indicator, which).count()

    return count("counted"), count("reached")


def background() -> Iterator[Finding]:
    """No chore of the background worker failed the last time."""
    failed = chores.in_trouble()
    if not failed:
        yield Finding("Pekerjaan latar", "tanpa gangguan")
    for name, kind in failed:
        yield Finding("Pekerjaan latar", f"{name} gagal ({kind})", "lihat keluaran simpul serve")


def disk() -> Iterator[Finding]:
    """There is room for the database to grow and for a backup."""
    data = Path(settings.DATA)
    free, held = (
        shutil.disk_usage(data).free,
        sum(path.stat().st_size for path in data.glob("simpul.sqlite3*")),
    )
    said = f"{free / 1e9:.1f} GB kosong"
    if free < max(LEAST_FREE, 2 * held):
        yield Finding("Ruang disk", said, f"kosongkan ruang untuk {data}, misalnya replaced-* lama")
    else:
        yield Finding("Ruang disk", said)


def secrets() -> Iterator[Finding]:
    """Keys and passwords are readable by the owner only."""
    data = Path(settings.DATA)
    kept = [data, *sorted(data.glob("*.secret")), *data.glob("demo.json"), *data.glob("*.simpul")]
    loose = [path for path in kept if path.stat().st_mode & _OWNER_ONLY]
    for path in loose:
        mode = "700" if path.is_dir() else "600"
        yield Finding("Berkas rahasia", f"{path.name} terbaca orang lain", f"chmod {mode} {path}")
    if not loose:
        yield Finding("Berkas rahasia", "hanya terbaca pemiliknya")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database, audit, log, rules, lists, numbers, background, disk, secrets,
)  # fmt: skip


def findings() -> Iterator[Finding]:
    """All of them; when the database cannot be asked, only what needs none."""
    reachable = True
    for check in CHECKS:
        if check in (audit, log, lists, numbers, background) and not reachable:
            continue
        for finding in check():
            reachable = reachable and (check is not database or finding.is_well)
            yield finding
