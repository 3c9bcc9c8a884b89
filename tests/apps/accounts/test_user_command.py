"""`simpul user`: accounts from the command line."""

import pytest
from click.testing import CliRunner

from simpul.accounts import queries
from simpul.project.cli import main

NEW = "sungai-barito-2026"


@pytest.fixture
def run(melati):
    def _run(*arguments, typed=None):
        answer = CliRunner().invoke(main, ["user", *arguments], input=typed)
        return answer.exit_code, answer.output

    return _run


def test_add_with_a_password_from_standard_input(run, melati):
    code, said = run(
        "add", "lilis", "--name", "Lilis", "--role", "kader", "--facility", "Y-DAHLIA",
        "--password-stdin", typed=f"{NEW}\n",
    )  # fmt: skip
    assert code == 0, said
    lilis = queries.user_named("lilis")
    assert lilis.check_password(NEW)
    assert lilis.facility == melati.dahlia
    assert "Lilis" in run("list")[1]


def test_add_asks_for_the_password_twice(run):
    code, said = run(
        "add", "dinas", "--name", "Dinas", "--role", "district", "--area", "6203",
        typed=f"{NEW}\n{NEW}\n",
    )  # fmt: skip
    assert code == 0, said
    assert queries.user_named("dinas").check_password(NEW)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--role", "kader", "--facility", "T-PANAMAS"], "Kader bekerja di Posyandu"),
        (["--role", "kader", "--facility", "X"], "Fasilitas dengan kode 'X' tidak ada"),
        (["--role", "district", "--area", "99"], "Wilayah dengan kode '99' tidak ada"),
        (["--role", "midwife"], "Sebutkan tempat kerja"),
    ],
)
def test_what_does_not_fit_is_said(run, arguments, said):
    code, output = run("add", "lilis", "--name", "L", *arguments, "--password-stdin", typed=NEW)
    assert code == 2
    assert said in output
    assert queries.user_named("lilis") is None


def test_a_weak_password_or_a_taken_name_is_refused(run):
    known = ["--name", "Ani", "--role", "midwife", "--facility", "T-PANAMAS", "--password-stdin"]
    assert run("add", "ani", *known, typed=NEW)[0] == 2
    assert run("add", "lilis", *known, typed="lilis")[0] == 2


def test_password_deactivate_and_activate(run):
    assert run("password", "ani", "--password-stdin", typed=NEW)[0] == 0
    assert queries.user_named("ani").check_password(NEW)
    assert run("deactivate", "ani")[0] == 0
    assert not queries.user_named("ani").is_active
    assert run("activate", "ani")[0] == 0
    assert queries.user_named("ani").is_active
    assert run("deactivate", "siapa")[0] == 2
