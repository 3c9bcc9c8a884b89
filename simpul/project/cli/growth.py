"""`simpul growth`: adds WHO z-scores, flags and Indonesian categories to a CSV.

Its one rule: every row comes out, in its place, with its own cells as they were.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from math import isfinite, isnan
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from simpul.engine.growth_table import LYING, STANDING, assess_table
from simpul.project.cli.growth_columns import Complaint, plain, read_chunk
from simpul.project.cli.growth_files import Chunk, Register, lines_of, reading, squared, writing

LONG = 2_000_000  # bytes from which a terminal shows how far we are
MOST_MESSAGES = 1_000

Z = ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac")
FLAGS = ("flen", "fwei", "fwfl", "fbmi", "fhc", "fac")
WORDS = ("kat_bb_u", "kat_tb_u", "kat_bb_tb", "kat_imt_u", "kat_lk_u", "kat_lila")
CORRECTED = ("clenhei", "cmeasure", "c9mo_flag", "cbmi")
ADDED = (*Z, *FLAGS, *WORDS, *CORRECTED)

_Z_TEXT = np.array([*(f"{z / 100:.2f}" for z in range(-9999, 10_000)), ""], dtype=np.object_)
_FLAG_TEXT = np.array(["0", "1", ""], dtype=np.object_)
_MEASURE_TEXT = np.array(["", "", ""], dtype=np.object_)
_MEASURE_TEXT[LYING], _MEASURE_TEXT[STANDING] = "l", "h"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument(
    "source", metavar="IN.csv", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option(
    "-o", "--out", default="-", metavar="OUT.csv", show_default="standard output",
    type=click.Path(dir_okay=False, allow_dash=True), help="Where to write; may be IN.csv itself.",
)  # fmt: skip
@click.option(
    "--decimal", type=click.Choice([".", ","]), default=".", show_default=True,
    help="Decimal sign of the added columns.",
)  # fmt: skip
def growth(source: str, out: str, decimal: str) -> None:
    """Add WHO z-scores, flags and Indonesian categories to the CSV of measurements IN.csv.

    \b
    Columns understood (any order, case ignored; Indonesian names too, e.g. JK, Tgl Lahir,
    Berat, Tinggi, Cara Ukur, LiLA):
      sex                       1/2, L/P, m/f, laki-laki/perempuan
      age_days  or  age_months  or  birth_date and measured_on (2026-11-20 or 20/11/2026)
      weight (kg)   lenhei or height or length (cm)   measure (L lying, H standing)
      oedema (y/n)  headc (cm)  muac_cm
    \b
    Columns added (or replaced, where IN.csv has them):
      zlen zwei zwfl zbmi zhc zac   z-scores: WHO 2006 below five years, WHO 2007 from 5 to 19
      flen fwei fwfl fbmi fhc fac   1: implausible by WHO's limits, measure again
      kat_bb_u kat_tb_u kat_bb_tb kat_imt_u kat_lk_u kat_lila   words of Permenkes 2/2020
      clenhei cmeasure c9mo_flag cbmi   length/height, position and BMI as WHO corrects them

    Blank cells stay blank. A cell that cannot be read is told on standard error with its line and
    column, its row is written without z-scores, and the exit code is 1.
    """
    told = _Teller()
    try:
        _grow(source, out, decimal, told)
    except BrokenPipeError:  # the reader of our output has gone, e.g. `head`: click's business
        raise
    except OSError as error:
        raise click.FileError(str(error.filename or out), error.strerror) from error
    sys.exit(told.close())


def _grow(source: str, out: str, decimal: str, told: _Teller) -> None:
    """Read, assess and write, some thousands of rows at a time."""
    size = os.path.getsize(source) if source != "-" else 0
    with (
        _no_collector(),
        reading(source) as register,
        writing(out) as target,
        _progress(size) as show,
    ):
        names, places = _layout(register.header)
        target.write(lines_of([[name] for name in names], register.separator, unquoted=False))
        for chunk in register.chunks:
            complaints, texts = _assessed(register, chunk, told)
            _blank(texts, {complaint.row for complaint in complaints})
            if decimal == ",":
                _with_comma(texts)
            columns: list[Sequence[Any]] = [*zip(*chunk.rows, strict=True)]
            columns += [()] * (len(names) - len(columns))
            for place, name in places:
                columns[place] = texts[name]
            unquoted = chunk.unquoted and decimal != register.separator
            target.write(lines_of(columns, register.separator, unquoted))
            show(register.bytes_read)


def _layout(header: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """The names of the columns that come out, and where each added one stands."""
    names = [*header]
    places = []
    for name in ADDED:
        known = [place for place, have in enumerate(header) if plain(have) == name]
        if not known:
            known = [len(names)]
            names.append(name)
        places += [(place, name) for place in known]
    return names, places


def _assessed(
    register: Register, chunk: Chunk, told: _Teller
) -> tuple[list[Complaint], dict[str, list[Any]]]:
    """The added columns of a chunk as text, and what could not be read (and has been told)."""
    complaints = squared(chunk.rows, len(register.header))
    columns = list(zip(*chunk.rows, strict=True))
    arrays, found, doubts = read_chunk(register.header, register.places, columns)
    complaints = sorted(complaints + found)
    told.tell(chunk.lines, complaints, doubts)
    return complaints, _texts(assess_table(arrays))


def _blank(texts: dict[str, list[Any]], rows: set[int]) -> None:
    """A row with an unreadable cell says nothing: half an answer could be taken for a whole one."""
    for row in rows:
        for cells in texts.values():
            cells[row] = ""


def _with_comma(texts: dict[str, list[Any]]) -> None:
    for name in (*Z, "clenhei", "cbmi"):
        texts[name] = [text.replace(".", ",") for text in texts[name]]


def _texts(found: dict[str, NDArray[Any]]) -> dict[str, list[Any]]:
    """The added columns as text; blank is an empty cell."""
    texts: dict[str, list[Any]] = {name: _z_text(found[name]).tolist() for name in Z}
    for name in FLAGS:
        texts[name] = _FLAG_TEXT[np.nan_to_num(found[name], nan=2.0).astype(np.int64)].tolist()
    for name in WORDS:
        texts[name] = [word or "" for word in found[name].tolist()]
    texts["cmeasure"] = _MEASURE_TEXT[found["cmeasure"]].tolist()
    texts["c9mo_flag"] = _FLAG_TEXT[found["c9mo_flag"]].tolist()
    texts["clenhei"] = _number_texts(found["clenhei"].tolist())
    texts["cbmi"] = _number_texts(found["cbmi"].tolist())
    return texts


def _z_text(z: NDArray[np.float64]) -> NDArray[np.object_]:
    """Two places, from a table of ready texts; WHO's rare far-out values one by one."""
    hundredths = np.rint(np.nan_to_num(z, nan=100.0, posinf=101.0, neginf=101.0) * 100.0)
    far = np.abs(hundredths) > 9_999
    text = _Z_TEXT[np.where(far, 19_999, hundredths + 9_999).astype(np.int64)]
    for row in np.flatnonzero(far & ~np.isnan(z)):
        text[row] = "Inf" if np.isinf(z[row]) else f"{z[row]:.2f}"
    return text


def _number_texts(values: list[float]) -> list[str]:
    """As R writes numbers: 15 significant digits, `Inf`; blank for NaN."""
    texts = {value: f"{value:.15g}" for value in set(values)}
    for value in texts:
        if not isfinite(value):
            texts[value] = "" if isnan(value) else "Inf"
    return list(map(texts.__getitem__, values))


class _Teller:
    """Tells on standard error what could not be read, and remembers the exit code."""

    def __init__(self) -> None:
        self.n_unreadable = 0
        self.n_doubtful = 0

    def tell(
        self, lines: Sequence[int], complaints: list[Complaint], doubts: list[Complaint]
    ) -> None:
        for row, column, mend in complaints:
            self.n_unreadable += 1
            if self.n_unreadable <= MOST_MESSAGES:
                click.echo(f"line {lines[row]}, column {column}: {mend}", err=True)
        for row, column, mend in doubts:
            self.n_doubtful += 1
            if self.n_doubtful <= MOST_MESSAGES:
                click.echo(f"note: line {lines[row]}, column {column}: {mend}", err=True)

    def close(self) -> int:
        """How it went, in one line, and the exit code."""
        if self.n_unreadable:
            more = "" if self.n_unreadable <= MOST_MESSAGES else f" (first {MOST_MESSAGES} told)"
            click.echo(
                f"{self.n_unreadable} cells could not be read{more}; their rows have no z-scores.",
                err=True,
            )
        return 1 if self.n_unreadable else 0


@contextlib.contextmanager
def _progress(size: int) -> Iterator[Callable[[Callable[[], int]], None]]:
    """A bar for a long file, where somebody watches; a pipe cannot tell how far it is."""
    if size < LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=size, label="z-scores", file=sys.stderr) as bar:
        yield lambda bytes_read: bar.update(bytes_read() - bar.pos)


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Rows are many and hold no cycles: looking for some took a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
