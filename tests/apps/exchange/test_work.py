"""The worker: jobs are taken once, gone on with after a stop or a crash, and bound to a right."""

from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.exchange import actions, batch, importing, runs, work
from simpul.exchange.models import ImportJob, State
from simpul.people.models import Person
from simpul.project import clock
from simpul.records.models import Fact
from tests.apps.exchange.conftest import as_csv, row

ROWS = [row(nik="", name=f"Anak {n}", mother=f"Ibu {n}") for n in "ABCDEF"]


class Told(Exception):
    """As the worker's own exception when simpul stops."""


@pytest.fixture
def confirmed(melati, upload, client, monkeypatch):
    """A job of six homes in six chunks, confirmed and waiting."""
    monkeypatch.setattr(runs, "ROWS_A_CHUNK", 1)
    job = upload(melati.dewi, as_csv(ROWS))
    client.post(reverse("imports:confirm", args=[job.uid]))
    return ImportJob.objects.get(pk=job.pk)


def _names():
    return set(Person.objects.filter(name__startswith="Anak").values_list("name", flat=True))


def test_a_stop_between_chunks_leaves_whole_chunks_and_is_gone_on_with(confirmed):
    def stop():
        if len(_names()) == 3:
            raise Told

    with pytest.raises(Told):
        work.do_waiting(stop)
    confirmed.refresh_from_db()
    assert confirmed.state == State.IMPORTING
    assert confirmed.n_parts_done == 3
    assert work.do_waiting() == 1
    confirmed.refresh_from_db()
    assert confirmed.state == State.DONE
    assert confirmed.counts["persons_new"] == 6
    assert confirmed.counts["measurements"] == 6
    assert len(_names()) == 6
    assert Fact.objects.filter(name="body.weight").count() == 6


def test_a_job_whose_worker_was_killed_is_taken_over_after_a_minute(confirmed):
    mine = actions.claim(job=confirmed, worker="killed", stale_before=clock.now() - work.SILENT)
    assert mine is not None
    assert work.do_waiting() == 0  # it may still be at work
    ImportJob.objects.update(beat_at=clock.now() - work.SILENT - timedelta(seconds=1))
    assert work.do_waiting() == 1
    assert not actions.note_progress(job=mine, done=1, total=2)  # the first one has lost it
    assert len(_names()) == 6


def test_two_workers_do_not_take_one_job(confirmed):
    stale = clock.now() - work.SILENT
    assert actions.claim(job=confirmed, worker="one", stale_before=stale)
    assert actions.claim(job=confirmed, worker="two", stale_before=stale) is None


def test_what_breaks_is_told_without_names_and_can_be_tried_again(
    confirmed, client, monkeypatch, caplog
):
    def broken(*_args):
        raise ValueError("Anak A, Ibu A")

    with monkeypatch.context() as once:
        once.setattr(importing, "_record", broken)
        work.do_waiting()
    confirmed.refresh_from_db()
    page = client.get(reverse("imports:job", args=[confirmed.uid])).content.decode()
    assert (confirmed.state, confirmed.trouble) == (State.FAILED, "work")
    assert "coba lagi" in page
    assert "Anak A" not in caplog.text + page
    client.post(reverse("imports:again", args=[confirmed.uid]))
    work.do_waiting()
    client.post(reverse("imports:confirm", args=[confirmed.uid]))
    work.do_waiting()
    assert len(_names()) == 6


def test_who_has_lost_the_right_imports_nothing(confirmed, melati):
    melati.dewi.is_active = False
    melati.dewi.save()
    work.do_waiting()
    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.trouble) == (State.FAILED, "no_right")
    assert not _names()


def test_a_double_press_of_import_is_one_import(confirmed, client):
    client.post(reverse("imports:confirm", args=[confirmed.uid]))
    work.do_waiting()
    client.post(reverse("imports:confirm", args=[confirmed.uid]))
    work.do_waiting()
    assert len(_names()) == 6
    assert batch.source_of(confirmed).startswith("import ")


def test_undecided_files_are_forgotten_after_a_month(melati, upload, uploads):
    job = upload(melati.dewi, as_csv(ROWS))
    ImportJob.objects.update(created_at=job.created_at - actions.KEPT_UNDECIDED * 2)
    work.do_waiting()
    job.refresh_from_db()
    assert (job.state, job.stored_as) == (State.DROPPED, "")
    assert list(uploads.iterdir()) == []
