"""The invented register brings new children, one likely double and exactly two refused rows."""

import json
from datetime import date

from click.testing import CliRunner

from simpul.project.cli.imports import import_
from simpul.project.demo.sample_file import sample_file


def test_what_it_brings(db, tmp_path):
    file, report = tmp_path / "contoh.csv", tmp_path / "report.json"
    file.write_text(sample_file(date(2026, 11, 20)))
    done = CliRunner().invoke(import_, ["eppgbm", str(file), "--report", str(report)])
    assert done.exit_code == 1, done.output
    told = json.loads(report.read_text())
    assert [told["rows"], told["blank"], told["persons_new"]] == [11, 1, 8]
    assert [(one["line"], one["code"]) for one in told["refused"]] == [(9, "weight"), (10, "sex")]
