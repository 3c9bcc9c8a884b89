"""Packs are content: facts, services and indicators as dated YAML, read here into engine objects.

Its one rule: a pack with a mistake is never used; `load` says every mistake and stops.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from simpul.packs.build import build
from simpul.packs.model import Pack
from simpul.packs.read import PackError, Reading

__all__ = ["Pack", "PackError", "folder", "load"]


def folder() -> Path:
    """Where the pack is: $SIMPUL_PACK, beside this module (in a wheel), or in the repository."""
    return _folder(os.environ.get("SIMPUL_PACK"))


def load(path: Path | None = None) -> Pack:
    """The pack in a folder, read once; raises PackError with every mistake found."""
    return _load(path.resolve() if path else folder())


@cache
def _folder(chosen: str | None) -> Path:
    """Found once: `load` is asked for every person and every fact."""
    if chosen:
        return Path(chosen).resolve()
    here = Path(__file__).resolve().parent
    shipped = here / "content" / "ilp"
    return shipped if shipped.is_dir() else here.parents[1] / "packs" / "ilp"


@cache
def _load(root: Path) -> Pack:
    reading = Reading()
    pack = build(root, reading)
    if reading.problems:
        raise PackError(reading.problems)
    return pack
