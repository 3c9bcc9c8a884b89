"""One key for the old and the new spelling of a name, so that either finds the other."""

import re
import unicodedata

# Old (Van Ophuijsen, Soewandi) to new (EYD). Old j is new y, old dj is new j: both fold to y,
# so 'Djaja', 'Jaja' and 'Jaya' share a key whichever spelling was typed.
_OLD_TO_KEY = (("tj", "c"), ("dj", "y"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"), ("oe", "u"), ("j", "y"))
_NOT_A_LETTER = re.compile(r"[^a-z0-9 ]+")
_REPEATED = re.compile(r"([a-z])\1+")


def name_key(name: str) -> str:
    """The searchable key of a name: lower case, no accents or marks, one spelling, no doubled letters."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    plain = _NOT_A_LETTER.sub(" ", plain.replace("'", "").replace("`", ""))
    for old, key in _OLD_TO_KEY:
        plain = plain.replace(old, key)
    return " ".join(_REPEATED.sub(r"\1", plain).split())
