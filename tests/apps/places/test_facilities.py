"""A Puskesmas is set up from nothing by commands, and its first user sees its villages."""

import pytest
from click.testing import CliRunner

from simpul.accounts.actions import add_user
from simpul.accounts.queries import scope_of
from simpul.places import queries
from simpul.project.cli.places import places

pytestmark = pytest.mark.django_db
PANAMAS = "62.03.01.1023"


def run(*arguments):
    return CliRunner().invoke(places, list(arguments))


def test_from_nothing():
    assert "Selat dan semua di bawahnya" in run("add", "62.03.01").output
    made = run(
        "add-facility", "P-MELATI", "--kind", "puskesmas", "--name", "Melati",
        "--village", PANAMAS, "--covers", PANAMAS, "--covers", "62.03.01.1009",
    )  # fmt: skip
    assert "Puskesmas Melati siap" in made.output, made.output
    run(
        "add-facility", "Y-DAHLIA", "--kind", "posyandu", "--name", "Dahlia",
        "--village", PANAMAS, "--parent", "P-MELATI",
    )  # fmt: skip
    assert (
        "Y-DAHLIA,posyandu,Dahlia,62.03.01.1023,P-MELATI,62.03.01.1023" in run("facilities").output
    )
    head = add_user(
        username="eko", password=None, name="Eko", role="head",
        facility=queries.facility_by_code("P-MELATI"),
    )  # fmt: skip
    assert len(scope_of(head).villages) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "99.99"], "tidak ada dalam daftar"),
        (
            ["add-facility", "Y", "--kind", "posyandu", "--name", "X", "--village", PANAMAS],
            "--parent",
        ),
        (
            ["add-facility", "P-X", "--kind", "puskesmas", "--name", "X", "--village", "1.2"],
            "tidak dikenal",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(arguments, said):
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert said in answer.output
