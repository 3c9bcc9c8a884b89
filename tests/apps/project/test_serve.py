"""Serving: what cannot work is said first; the worker claims its chores and gives them back."""

import socket
from datetime import timedelta

import pytest
from click.testing import CliRunner

from simpul.project import chores, worker
from simpul.project.archive import folder
from simpul.project.cli import serve as command


def test_a_port_that_is_taken_is_told(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner().invoke(command.serve, ["--port", str(port)])
    assert done.exit_code == 2
    assert f"Port {port} sudah dipakai" in done.output


def test_an_unknown_address_is_told():
    done = CliRunner().invoke(command.serve, ["--host", "999.1.1.1"])
    assert done.exit_code == 2
    assert "999.1.1.1" in done.output


def test_a_folder_is_served_once(tmp_path):
    with folder.held(tmp_path), pytest.raises(folder.InUse), folder.held(tmp_path):
        pass
    with folder.held(tmp_path):
        pass  # free again


def test_the_address_that_is_listened_on_may_be_asked_for(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    command._allow(settings, "10.0.0.7")
    command._allow(settings, "0.0.0.0")  # noqa: S104
    assert settings.ALLOWED_HOSTS == ["localhost", "10.0.0.7"]


@pytest.fixture
def due_chore(db):
    chores.plan(["due"])


def test_only_one_worker_gets_a_chore(due_chore):
    assert chores.claim("due", "a")
    assert not chores.claim("due", "b")
    assert chores.renew("due", "a")
    assert not chores.renew("due", "b")


def test_a_chore_that_is_done_waits_for_its_time(due_chore):
    chores.claim("due", "a")
    chores.finish("due", "a", again_in=timedelta(hours=1))
    assert not chores.claim("due", "b")


def test_a_chore_whose_worker_died_is_taken_over(due_chore, monkeypatch):
    chores.claim("due", "a")
    later = chores.clock.now() + chores.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(chores.clock, "now", lambda: later)
    assert chores.claim("due", "b")
    assert not chores.renew("due", "a")


def test_trouble_is_noted_by_its_kind_only(due_chore, capsys):
    one = worker.Worker()

    def step(_worker):
        raise KeyError("Nayla Putri Rahman")

    assert chores.claim("due", one.who)
    one.do("due", step)
    assert chores.in_trouble() == [("due", "KeyError")]
    assert "Nayla" not in capsys.readouterr().err
    assert not chores.claim("due", "b")  # tried again later


def test_a_worker_that_stops_gives_its_chore_back(due_chore):
    one = worker.Worker()
    one.stop()
    assert chores.claim("due", one.who)
    one.do("due", lambda worker: worker.go_on())
    assert chores.claim("due", "b")
    assert chores.in_trouble() == []


def test_a_worker_whose_server_is_gone_stops():
    assert worker.Worker(parent=1 << 30).is_stopping


def test_the_chores_can_be_done(melati):
    one = worker.Worker()
    for name, step in worker.STEPS.items():
        chores.plan([name])
        assert chores.claim(name, one.who)
        one.do(name, step)
    assert chores.in_trouble() == []
