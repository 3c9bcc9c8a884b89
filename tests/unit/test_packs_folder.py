"""Which pack is used: the one named, the one shipped in the wheel, the one of the repository."""

import shutil
from pathlib import Path

import pytest

import simpul.packs as packs


@pytest.fixture(autouse=True)
def _forget():
    """The folder is found once for a process."""
    packs._folder.cache_clear()
    yield
    packs._folder.cache_clear()


def test_the_repositorys(monkeypatch):
    monkeypatch.delenv("SIMPUL_PACK", raising=False)
    assert packs.folder() == Path(packs.__file__).parents[2] / "packs" / "ilp"


def test_the_one_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SIMPUL_PACK", str(tmp_path))
    assert packs.folder() == tmp_path


def test_the_one_in_the_wheel(monkeypatch, tmp_path):
    monkeypatch.delenv("SIMPUL_PACK", raising=False)
    monkeypatch.setattr(packs, "__file__", str(tmp_path / "packs" / "__init__.py"))
    shipped = tmp_path / "packs" / "content" / "ilp"
    shipped.mkdir(parents=True)
    assert packs.folder() == shipped


def test_read_once(tmp_path):
    copy = tmp_path / "ilp"
    shutil.copytree(packs.folder(), copy)
    assert packs.load(copy) is packs.load(copy)
    assert packs.load(copy) is not packs.load()
