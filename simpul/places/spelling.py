"""One key for the old and the new spelling of a name, so that either finds the other.

Rule: folding may make two names alike, it must never part a name from a spelling of itself.
"""

import re
import unicodedata

# Old (Van Ophuijsen, Soewandi) to new (EYD), then sounds that are written in more than one way.
# Old j is new y, old dj is new j, and y after a consonant is i in half of all names (Prasetyo,
# Prasetio): so j, y and i share one letter, and a part of a name is still part of its key.
_DIGRAPHS = (
    ("tj", "c"), ("dj", "j"), ("oe", "u"), ("ie", "i"), ("chr", "kr"), ("chl", "kl"), ("ch", "h"),
    ("kh", "h"), ("sh", "sy"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("x", "ks"),
)  # fmt: skip
_LETTERS = str.maketrans("jyvq", "iifk")
_NOT_A_LETTER = re.compile(r"[^a-z0-9 ]+")
_REPEATED = re.compile(r"([a-z])\1+")
_MOHAMMAD = re.compile(r"\bmoha|\b(?:moh|muh|mohd|muhd|mhd)\b")
_MUHAMMED = re.compile(r"\bmuhamed\b")
# A word cut in the middle of a digraph: 'so' is also the start of Soekarno, whose key is sukarno.
_CUT = {"o": "u", "d": "i", "t": "c", "c": "h", "k": "h", "p": "f"}


def name_key(name: str) -> str:
    """The searchable key of a name: lower case, no marks, one spelling, no doubled letters."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    plain = _NOT_A_LETTER.sub(" ", plain.replace("'", "").replace("`", ""))
    for written, key in _DIGRAPHS:
        plain = plain.replace(written, key)
    plain = _REPEATED.sub(r"\1", plain.translate(_LETTERS))
    plain = _MOHAMMAD.sub(lambda m: "muha" if m[0] == "moha" else "muhamad", plain)
    return " ".join(_MUHAMMED.sub("muhamad", plain).split())


def search_words(text: str) -> list[tuple[str, ...]]:
    """What to look for in keys: per word one key, for the last (still being typed) also others."""
    words: list[tuple[str, ...]] = [(word,) for word in name_key(text).split()]
    if not words:
        return []
    [last] = words[-1]
    others = {last}
    if last[-1] in _CUT:
        others.add(last[:-1] + _CUT[last[-1]])
    typed = text.lower().split()[-1]
    if typed in {"moh", "muh"}:
        others |= {typed, "muhamad"}
    words[-1] = (last, *sorted(others - {last}))
    return words
