"""Steps the tests of due share: facts written down, forms sent as a browser would send them."""

import re
import uuid
from datetime import date

from django.urls import reverse

from simpul.records import actions as records

TODAY = date(2026, 11, 20)


def day(text: str) -> date:
    return date.fromisoformat(text)


def write_down(person, by=None, **facts) -> None:
    """write_down(nayla, body__weight=("2026-10-20", 8.6), vaccine__mr=("2026-08-01", True))"""
    new = [
        records.NewFact(person.pk, name.replace("__", "."), day(on), value)
        for name, (on, value) in facts.items()
    ]
    outcome = records.record_visit(by=by, facts=new)
    assert not outcome.refused, outcome.refused


def weigh(person, **by_day) -> None:
    """weigh(nayla, d20260915=8.6, d20261020=8.7)"""
    new = [
        records.NewFact(person.pk, "body.weight", date(int(d[1:5]), int(d[5:7]), int(d[7:])), kg)
        for d, kg in by_day.items()
    ]
    assert not records.record_visit(by=None, facts=new).refused


def visit(person, services, on="20 Nov 2026", envelope=None, **facts) -> dict:
    """What the visit form of one person sends."""
    prefix = f"p{person.pk}"
    sent = {f"{prefix}-{name.replace('__', '.')}": value for name, value in facts.items()}
    head = {"envelope": str(envelope or uuid.uuid4()), "on": on, "facility": ""}
    return head | {f"{prefix}-services": list(services)} | sent


def record(client, person, services, **rest):
    """Send the visit form of one person; the answer of the server."""
    headers = rest.pop("headers", None) or {}
    url = reverse("due:record", args=[person.pk])
    return client.post(url, visit(person, services, **rest), headers=headers)


def owed_names(client, **query) -> list[str]:
    """The names on the due list, in their order."""
    send = client.post if "q" in query else client.get
    html = send(reverse("due:list"), query, follow=True).content.decode()
    return re.findall(r'<a class="nm" href="/due/person/\d+/">([^<]+)</a>', html)


def owed_titles(client, person) -> list[str]:
    """What the due list says one person is owed."""
    html = client.get(reverse("due:list")).content.decode()
    row = re.search(rf'/due/person/{person.pk}/">.*?</tr>', html, re.DOTALL)
    return re.findall(r"<li><b>([^<]+)</b>", row[0]) if row else []
