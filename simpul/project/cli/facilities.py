"""`simpul places add|facilities|add-facility`: set up where a Puskesmas works, without a file.

Its one rule: official places come from the Ministry's list that simpul carries, by code.
"""

import csv
import sys

import click

from simpul.project.cli import django_ready, fail

KINDS = ["puskesmas", "pustu", "posyandu", "school", "workplace", "clinic"]


@click.command("add")
@click.argument("code")
def add(code: str) -> None:
    """The place of an official CODE (62.03.01) with all below it and above it. Safe to repeat."""
    from simpul.places import ministry

    codes = ministry.below(code)
    if not codes:
        fail(f"Kode {code!r} tidak ada dalam daftar Kementerian Dalam Negeri. Contoh: 62.03.01.")
    django_ready.setup()
    from simpul.places import actions

    for one in codes:
        actions.add_official(code=one)
    click.echo(f"{len(codes)} wilayah siap: {ministry.shown(code)} dan semua di bawahnya.")


@click.command("facilities")
def facilities() -> None:
    """List the facilities: code, kind, name, village, the facility above, places covered."""
    django_ready.setup()
    from simpul.places import queries

    rows = csv.writer(sys.stdout)
    rows.writerow(["kode", "jenis", "nama", "desa", "induk", "mencakup"])
    for one in queries.all_facilities():
        covered = " ".join(place.code for place in one.covers.all())
        above = one.parent.code if one.parent else ""
        village = one.village.code if one.village else ""
        rows.writerow([one.code, one.kind, one.name, village, above, covered])


@click.command("add-facility")
@click.argument("code")
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--name", required=True, help="Without the kind: Melati, not Puskesmas Melati.")
@click.option("--village", required=True, help="Code of the village it stands in.")
@click.option("--parent", help="Code of the Puskesmas above it.")
@click.option("--covers", multiple=True, help="Code of a place it looks after; may be repeated.")
@click.option("--phone", default="")
def add_facility(code, kind, name, village, parent, covers, phone) -> None:
    """A Puskesmas, Pustu, Posyandu, school … with your own short CODE (P-MELATI)."""
    django_ready.setup()
    from simpul.places import actions

    above = _facility(parent) if parent else None
    stands_in = _place(village)
    looked_after = [_place(one) for one in covers] or [stands_in]
    if kind != "puskesmas" and above is None:
        fail("Sebutkan Puskesmas di atasnya dengan --parent KODE.")
    made = actions.add_facility(
        code=code, kind=kind, name=name, village=stands_in, parent=above, covers=looked_after,
        phone=phone,
    )  # fmt: skip
    said = ", ".join(place.name for place in looked_after)
    click.echo(f"{made.full_name} siap dengan kode {made.code}, mencakup {said}.")


def _place(code: str):
    from simpul.places import actions, ministry, queries

    found = queries.place_by_code(code)
    if found is None and code in ministry.names():
        found = actions.add_official(code=code)
    if found is None:
        fail(f"Kode wilayah {code!r} tidak dikenal. Lihat: simpul places list.")
    return found


def _facility(code: str):
    from simpul.places import queries

    found = queries.facility_by_code(code)
    if found is None:
        fail(f"Kode fasilitas {code!r} tidak dikenal. Lihat: simpul places facilities.")
    return found
