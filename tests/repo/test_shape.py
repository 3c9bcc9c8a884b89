"""The rules of ARCHITECTURE.md that a machine can keep: sizes, names, hosts, migrations."""

import ast
import re
import subprocess

import pytest

from tests.conftest import REPO

TRACKED = [
    REPO / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, text=True, check=True,
    ).stdout.splitlines()
    if (REPO / name).is_file()
]  # fmt: skip
SHIPPED = [
    path
    for path in TRACKED
    if path.suffix == ".py" and "simpul" in path.relative_to(REPO).parts[:1]
    and "migrations" not in path.parts
]  # fmt: skip
CATCH_ALL = {"utils", "helpers", "common", "misc", "base", "manager", "util", "helper"}


def _id(path):
    return str(path.relative_to(REPO))


@pytest.mark.parametrize("path", SHIPPED, ids=_id)
def test_module_can_be_held_in_the_head(path):
    source = path.read_text()
    assert source.count("\n") <= 400, "over 400 lines: does it still have one subject?"
    assert path.stem not in CATCH_ALL
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= 40, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", SHIPPED, ids=_id)
def test_module_says_what_it_is(path):
    if path.name in {"apps.py"} or not path.read_text().strip():
        return
    assert ast.get_docstring(ast.parse(path.read_text())), "a module docstring, 1 to 4 lines"


def test_views_are_short():
    for path in SHIPPED:
        if path.name != "views.py" and path.parent.name != "views":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.lineno + 1
                assert length <= 25, f"{_id(path)}: {node.name} has {length} lines"


def test_no_host_of_a_registry_is_named():
    hosts = re.compile(r"https?://[^\s/]*(pypi|npmjs|pythonhosted|debian)\.", re.IGNORECASE)
    for path in TRACKED:
        if path.suffix in {".lock", ".toml", ".json", ".txt", ""}:
            assert not hosts.search(path.read_text(errors="ignore")), _id(path)


def test_no_migration_mixes_schema_and_data():
    for path in REPO.glob("simpul/*/migrations/0*.py"):
        operations = set(re.findall(r"migrations\.(\w+)\(", path.read_text()))
        data = operations & {"RunPython", "RunSQL"}
        assert not data or operations == data | {"Migration"} or operations == data, _id(path)


def test_nothing_says_todo():
    for path in SHIPPED:
        assert not re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text()), _id(path)


def test_templates_carry_no_inline_style_or_script():
    inline = re.compile(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)|<style", re.IGNORECASE)
    for path in REPO.glob("simpul/**/templates/**/*.html"):
        assert not inline.search(path.read_text()), f"{_id(path)}: the CSP would block it"
