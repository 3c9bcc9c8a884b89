"""Keeps uploaded registers below SIMPUL_DATA/uploads, readable by simpul alone, under names that
say nothing."""

import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

TOO_LARGE = "upload_is_too_large"  # set on a request of which a file was not kept
SUFFIXES = (".csv", ".xlsx", ".xls", ".ods", ".xlsm", ".txt", ".tsv")


def most_bytes() -> int:
    """How large a file may be."""
    return settings.UPLOAD_MOST_MB * 1024 * 1024


class Limit(FileUploadHandler):
    """Goes before the others: what is larger than allowed is read past, and kept nowhere."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self._left = most_bytes()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._left -= len(raw_data)
        if self._left < 0:
            setattr(self.request, TOO_LARGE, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
        return


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
