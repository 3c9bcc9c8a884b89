"""Mistakes planted in a copy of the pack are told with file, line and mend."""

import shutil

import pytest
from click.testing import CliRunner

from simpul.packs import PackError, folder, load
from simpul.packs.check import check
from simpul.project.cli.pack import pack as pack_command


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "ilp"
    shutil.copytree(folder(), root)
    return root


def plant(root, file, old, new):
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return next(n for n, line in enumerate(path.read_text().splitlines(), 1) if new in line)


SCHEDULE = "schedules/immunisation.yaml"
MISTAKES = [
    ("sources.yaml", "kms2021:", "skdn:", "stands twice", "Remove"),
    (SCHEDULE, "fact: vaccine.hb0", "fact: vaccine.hbo", "unknown fact", "'vaccine.hb0'"),
    (SCHEDULE, "kind: once", "kind: onec", "'onec' is not possible", "'once'"),
    (SCHEDULE, "closes_before: 8 d", "closes_before: 8 days", "not a length of time", "28 d"),
    (SCHEDULE, "closes_before: 8 d", "closes_befor: 8 d", "unknown key", "'closes_before'"),
    (SCHEDULE, "source: kmk2015_2023.t7", "source: kmk2015.t7", "unknown source", "Did you mean"),
    (SCHEDULE, "confidence: H", "confidence: X", "'X' is not possible", "Possible: H, L, M"),
    (SCHEDULE, "valid_from: 2023-08-29", "valid_from: 2023-13-29", "not a date", "2026-08-31"),
    (SCHEDULE, "applies: [child]", "applies: [chidl]", "unknown condition", "'child'"),
    (SCHEDULE, "month: 8", "month: 13", "month 13 is not possible", "1 to 12"),
    ("conditions.yaml", "age_years < 18", "age_yeras < 18", "unknown name", "rules.md"),
    ("schedules/screening.yaml", "rule: bmi >= 25", "rule: bmi => 25", "cannot be read", "rules"),
    ("schedules/screening.yaml", "- {age: 60 y}", "- {age: 60 y, risk: []}", "unknown key", "risk"),
    ("indicators/growth.yaml", "reached: two_t", "reached: three_t", "unknown name", "two_t"),
    ("indicators/growth.yaml", "target: 85", "target: many", "not a number", "digits"),
    ("facts/growth.yaml", "hard: [0.3, 300]", "hard: [300, 0.3]", "not a range", "lowest"),
    ("facts/growth.yaml", "{id: Berat badan, en: Weight}", "{id: Berat badan}", "English", "en:"),
    ("wording.yaml", "series.done: {id: ", "series.done: {idn: ", "no Indonesian", "{id: …"),
    ("wording.yaml", "Diberikan {done}.", "Diberikan {dome}.", "nothing is called {dome}", "Mend"),
    ("cases/growth.yaml", "as_of: 2026-08-15", "as_of: 2026-07-15", "does not hold", "Mend"),
    ("cases/growth.yaml", "2026-08-04 body.weight 8.4", "2026-08-04 body.wait 8.4", "fact", "8.4"),
    ("conflicts.yaml", "used_in: [imm.hpv]", "used_in: [imm.hvp]", "unknown service", "imm.hpv"),
]


@pytest.mark.parametrize(("file", "old", "new", "what", "mend"), MISTAKES)
def test_planted_mistake_is_told(copy, file, old, new, what, mend):
    line = plant(copy, file, old, new)
    problems = check(copy)
    told = [p for p in problems if p.file == file and what in p.what and mend in str(p)]
    assert told, [str(problem) for problem in problems]
    near = range(line - 12, line + 1) if "case" in file else range(line - 1, line + 1)
    assert "twice" in what or any(p.line in near for p in told), (line, told)


def test_missing_key_names_the_block(copy):
    plant(copy, SCHEDULE, "  group: immunisation\n", "")
    told = [p for p in check(copy) if "'group' is missing" in p.what]
    assert told
    assert told[0].file == SCHEDULE


def test_service_without_cases_is_told(copy):
    (copy / "cases" / "supplement.yaml").unlink()
    told = {p.what for p in check(copy)}
    assert "the service supplement.vitamin_a has 0 of 3 cases" in told


def test_missing_file_is_told(copy):
    (copy / "wording.yaml").unlink()
    assert [p.file for p in check(copy)] == ["wording.yaml"]


def test_broken_yaml_is_told(copy):
    plant(copy, "sources.yaml", "pispk:", "pispk: [")
    assert any("not YAML" in p.what for p in check(copy))


def test_load_refuses_a_pack_with_a_mistake(copy):
    plant(copy, SCHEDULE, "kind: once", "kind: twice")
    with pytest.raises(PackError, match=r"immunisation\.yaml:\d+: kind: 'twice'"):
        load(copy)


def test_command_lists_and_exits_1(copy):
    result = CliRunner().invoke(pack_command, ["check", str(copy)])
    assert result.exit_code == 0
    plant(copy, SCHEDULE, "kind: once", "kind: twice")
    result = CliRunner().invoke(pack_command, ["check", str(copy)])
    assert result.exit_code == 1
    assert "schedules/immunisation.yaml:" in result.output


def test_command_without_folder_exits_2(tmp_path):
    result = CliRunner().invoke(pack_command, ["check", str(tmp_path / "nothing")])
    assert result.exit_code == 2
