"""What every test shares: the fixed cast, quick passwords, outside data (see environment.py)."""

from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
SHARED = REPO.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def shared_data():
    """Outside data beside the project; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED


@pytest.fixture
def melati(db):
    """Puskesmas Melati: two villages, a Pustu and a Posyandu in Panamas, a stranger's village."""
    from tests.cast import make_melati

    return make_melati()


@pytest.fixture
def sign_in(client):
    """sign_in(user) -> a client signed in as that user."""

    def _sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _sign_in
