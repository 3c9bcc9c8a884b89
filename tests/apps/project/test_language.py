"""Pages speak Indonesian whatever the browser prefers; the switch changes that for one user."""

import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_an_english_browser_gets_indonesian(client):
    page = client.get(reverse("accounts:login"), headers={"accept-language": "en-US,en"})
    assert page.headers["Content-Language"] == "id"
    assert "Masuk" in page.content.decode()


@pytest.mark.django_db
def test_the_switch_is_kept(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    page = client.get(reverse("accounts:login"))
    assert page.headers["Content-Language"] == "en"
    assert '<html lang="en">' in page.content.decode()
