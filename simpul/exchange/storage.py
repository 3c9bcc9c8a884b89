"""Keeps uploaded registers below SIMPUL_DATA/uploads, readable by simpul alone, under names that
say nothing."""

import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

MOST_BYTES = 60 * 1024 * 1024
SUFFIXES = (".csv", ".xlsx", ".xls", ".ods", ".xlsm", ".txt", ".tsv")


def path_of(stored_as: str) -> Path:
    """Where a stored file lies; an empty name lies nowhere."""
    return Path(settings.MEDIA_ROOT) / (stored_as or "-")


def keep(chunks: Iterable[bytes], file_name: str) -> str:
    """Store what was uploaded; returns the name it is stored under."""
    suffix = Path(file_name).suffix.lower()
    stored_as = uuid.uuid4().hex + (suffix if suffix in SUFFIXES else "")
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / stored_as, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in chunks:
            target.write(chunk)
    return stored_as


def remove(names: Iterable[str]) -> None:
    """Delete stored files; those already gone are no matter."""
    for name in names:
        if name:
            path_of(name).unlink(missing_ok=True)
