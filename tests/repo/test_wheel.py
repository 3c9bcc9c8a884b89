"""The wheel carries all that `pip install` must bring: rules, tables, pages, style, catalogues."""

import subprocess
import sys
import zipfile

import pytest

from tests.conftest import REPO


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel built from this tree, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=REPO, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_pack_is_inside(wheel):
    content = {str(path.relative_to(REPO / "packs")) for path in (REPO / "packs").rglob("*.yaml")}
    assert {f"simpul/packs/content/{name}" for name in content} <= wheel


@pytest.mark.parametrize(
    "pattern",
    ["simpul/**/templates/**/*.html", "simpul/**/static/**/*.*", "simpul/engine/growth_tables/*"],
)
def test_every_asset_is_inside(wheel, pattern):
    assets = {str(path.relative_to(REPO)) for path in REPO.glob(pattern) if path.is_file()}
    assets = {name for name in assets if "__pycache__" not in name}
    assert assets
    assert assets <= wheel


def test_every_catalogue_is_compiled(wheel):
    catalogues = {
        str(path.relative_to(REPO).with_suffix(".mo"))
        for path in REPO.glob("simpul/*/locale/*/*/*.po")
    }
    assert catalogues
    assert catalogues <= wheel
