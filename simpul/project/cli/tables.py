"""Tables the command line writes. Rule: a file is its owner's only, and no cell is a formula: a CSV
is opened in a spreadsheet, and a name may begin with an equals sign."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_LIVE = ("=", "+", "-", "@", "\t", "\r")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The rows as CSV with a header; texts that would be worked out get a quote in front."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _dead(value) for name, value in row.items()})
    return out.getvalue()


def _dead(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIVE) else value


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner only may read, also when it was there before."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        if path.is_file() and os.fstat(descriptor).st_uid == os.getuid():
            os.fchmod(descriptor, 0o600)
        target.write(text)
