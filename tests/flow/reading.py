"""What a user reads on the pages: numbers of the dashboard, names behind them, what is owed."""

import html
import re

from django.urls import reverse


def text_of(answer) -> str:
    """The words of a page, tags taken out."""
    assert answer.status_code == 200, answer.status_code
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def names_behind(client, indicator: str, which: str) -> list[str]:
    """The names a number of the dashboard opens."""
    page = client.get(reverse("pws:names", args=[indicator, which])).content.decode()
    return [
        html.unescape(re.sub(r"<[^>]+>", "", found)).strip()
        for found in re.findall(r'<tr><th scope="row">(.*?)</th>', page, re.DOTALL)
    ]


def owed_by(client, person_id: int) -> str:
    """The part of a person's page that says what is owed."""
    page = client.get(reverse("due:person", args=[person_id])).content.decode()
    owed = page.split('id="layanan"')[1].split("</section>")[0]
    return owed.split('<details class="more')[0]  # what else could be recorded is not owed
