"""What lies on the disk is its owner's only, and what the command line writes cannot run."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from simpul.people import actions as people
from simpul.project.cli import main, tables
from simpul.project.cli import serve as serving

SIMPUL = Path(sys.executable).parent / "simpul"


def modes(folder: Path) -> dict[str, int]:
    found = [folder, *folder.rglob("*")]
    return {str(one.relative_to(folder)): stat.S_IMODE(one.stat().st_mode) for one in found}


def test_under_a_lax_umask_everything_is_the_owners_only(tmp_path):
    data = tmp_path / "data"
    data.mkdir(mode=0o777)
    data.chmod(0o777)
    (data / "secret_key.secret").write_text("x" * 60)
    (data / "secret_key.secret").chmod(0o644)
    command = f'umask 000; "{SIMPUL}" refresh && "{SIMPUL}" backup {tmp_path}/b.simpul'
    environment = {**os.environ, "SIMPUL_DATA": str(data), "DATABASE_URL": ""}
    subprocess.run(["/bin/sh", "-c", command], env=environment, check=True, capture_output=True)
    found = modes(data)
    assert "simpul.sqlite3" in found
    assert stat.S_IMODE((tmp_path / "b.simpul").stat().st_mode) == 0o600
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_a_report_is_the_owners_only(tmp_path):
    before = os.umask(0)
    try:
        old = tmp_path / "old.csv"
        old.write_text("x")
        old.chmod(0o666)
        tables.write_private(old, "y")
        tables.write_private(tmp_path / "new.csv", "y")
    finally:
        os.umask(before)
    for name in ("old.csv", "new.csv"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


@pytest.mark.parametrize("name", ["=1+1", "+62", "-3", "@a", "\t=1"])
def test_a_csv_of_the_command_line_holds_no_live_formula(melati, tmp_path, name):
    people.edit_household(by=None, household=melati.home, head_name=name)
    target = tmp_path / "due.csv"
    done = CliRunner().invoke(main, ["due", "--place", "62.03.01.1010", "-o", str(target)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert {row["household"] for row in rows} == {f"'{name}"}
    done = CliRunner().invoke(main, ["due", "--place", "62.03.01.1010", "--format", "json"])
    assert {row["household"] for row in json.loads(done.stdout)} == {name}


def test_a_number_below_zero_stays_a_number():
    assert tables.as_csv(["a", "b"], [{"a": -1.5, "b": "-1.5"}]) == "a,b\n-1.5,'-1.5\n"


@pytest.mark.parametrize(
    ("host", "demo", "is_served"),
    [("127.0.0.1", True, True), ("0.0.0.0", True, False), ("127.0.0.1", False, False)],  # noqa: S104
)
def test_error_pages_with_data_are_for_a_demonstration_at_home(
    melati, settings, host, demo, is_served
):
    settings.DEBUG, settings.DEMO = True, demo
    people.record_death(by=None, person=melati.nayla, on=date(2026, 11, 1))
    if is_served:
        serving._refuse_debug(settings, host)
    else:
        with pytest.raises(SystemExit):
            serving._refuse_debug(settings, host)
