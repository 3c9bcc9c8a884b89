"""The Ministry of Home Affairs' codes of every province, regency, district and village.

Its one rule: a name becomes a code only when exactly one place of the list can be meant.
"""

import csv
import io
import lzma
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from simpul.places.spelling import name_key

KINDS = ("province", "regency", "district", "village")
_FILE = Path(__file__).parent / "wilayah.csv.xz"
_PREFIXES = {
    "provinsi": "", "prov": "", "kabupaten": "", "kab": "", "kota": "kota ", "kecamatan": "",
    "kec": "", "desa": "", "kelurahan": "", "kel": "",
}  # fmt: skip
_ABBREVIATIONS = {"Dki": "DKI", "Di": "DI", "Adm.": "Administrasi"}


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """{code: name} of all 91,592 places, parents before children."""
    text = lzma.decompress(_FILE.read_bytes()).decode()
    return dict(csv.reader(io.StringIO(text)))


@lru_cache(maxsize=1)
def _below() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in names():
        found[code.rpartition(".")[0]].append(code)
    return dict(found)


def below(code: str) -> list[str]:
    """The codes of the place itself and all below it, parents first; [] when it is unknown."""
    if code not in names():
        return []
    found = [code]
    for child in _below().get(code, ()):
        found += below(child)
    return found


def kind_of(code: str) -> str:
    """The level a code stands for: its number of parts tells."""
    return KINDS[code.count(".")]


def shown(code: str) -> str:
    """The name for screens: 'KABUPATEN KAPUAS' is 'Kapuas', 'KOTA BANDUNG' stays 'Kota Bandung'."""
    name = names()[code]
    if not name.isupper():
        return name
    words = [_ABBREVIATIONS.get(word, word) for word in name.title().split()]
    if words[0] == "Kabupaten":
        words = words[1:]
    return " ".join(words)


def code_of(written: Sequence[str]) -> str:
    """The code of the deepest place these names mean, from province to village; '' when none.

    A blank name is a level the file does not tell. Where two places could be meant (Kota and
    Kabupaten of one name), the deeper names decide; where they do not, the code stops above.
    """
    candidates = [""]
    for depth, name in enumerate(written):
        if not name.strip():
            candidates = [child for code in candidates for child in _below().get(code, ())]
            continue
        wanted = _key(name)
        matches = [
            child
            for code in candidates
            for child in _below().get(code, ())
            if _same(_key(names()[child]), wanted)
        ]
        exact = [code for code in matches if _key(names()[code]) == wanted]
        if not matches:
            return _settled(candidates, written[:depth])
        candidates = exact if len(exact) == 1 else matches
    return _settled(candidates, written)


def _settled(candidates: list[str], written: Sequence[str]) -> str:
    told = any(name.strip() for name in written)
    return candidates[0] if told and len(candidates) == 1 else ""


def _same(key: str, wanted: str) -> bool:
    """'Bandung' may mean Kabupaten or Kota Bandung; 'Kota Bandung' means only the city."""
    return key == wanted or (key.startswith("kota ") and key == f"kota {wanted}")


@lru_cache(maxsize=200_000)
def _key(name: str) -> str:
    first, _, rest = name.strip().partition(" ")
    kept = _PREFIXES.get(first.lower().rstrip("."))
    return name_key(f"{kept}{rest}" if kept is not None and rest else name)
