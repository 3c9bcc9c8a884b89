"""Old and new spelling of a name share a key; different names do not."""

import pytest

from simpul.places.spelling import name_key, search_words

SAME = [
    ("Soekarno", "Sukarno"),  # oe, u
    ("Djoemiati", "Jumiati"),  # dj, j
    ("Tjahjono", "Cahyono"),  # tj, c; j, y
    ("Djaja", "Jaya"),
    ("Wardojo", "Wardoyo"),
    ("Soebagijo", "Subagyo"),
    ("Prasetyo", "Prasetio"),
    ("Setyawan", "Setiawan"),
    ("Njoman", "Nyoman"),
    ("Sjahrir", "Syahrir"),
    ("Achmad Rachman", "Ahmad Rahman"),
    ("Chairul", "Khairul"),
    ("Muhammad", "Mohamad"),
    ("Moch. Rizky", "Muhammad Rizki"),
    ("Moh. Ali", "Muhammad Ali"),
    ("Christina", "Kristina"),
    ("Rizqy", "Rizki"),
    ("Novi", "Nofi"),
    ("Fathimah", "Fatimah"),
    ("Aisyah", "Aishah"),
    ("Yudhistira", "Yudistira"),
    ("Ma'ruf", "Maruf"),
    ("Nur’aini", "Nuraini"),
    ("NURHAYATI", "Nur­hayati"),
    ("José", "Jose"),
    ("Hj.  Siti-Aminah", "hj siti aminah"),
]
OTHER = [
    ("Siti", "Yeti"),
    ("Hasan", "Husin"),
    ("Rina", "Rini"),
    ("Dewi", "Devi"),
    ("Putra", "Putri"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_spellings_of_one_name_share_a_key(old, new):
    assert name_key(old) == name_key(new)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_names_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


def test_the_key_of_a_key_is_itself():
    for pair in SAME:
        for name in pair:
            assert name_key(name_key(name)) == name_key(name)


def _finds(typed: str, name: str) -> bool:
    key = name_key(name)
    return all(any(option in key for option in word) for word in search_words(typed))


@pytest.mark.parametrize(
    "name", ["Soekarno Djaja", "Tjoet Nja Dhien", "Achmad Soebardjo", "Prasetyo", "Mohammad Hatta"]
)
def test_every_beginning_of_a_name_finds_it(name):
    for length in range(2, len(name) + 1):
        assert _finds(name[:length], name), name[:length]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jaya", "Wijaya"),
        ("jaya", "Sanjaya"),
        ("yo", "Prasetyo"),
        ("joko", "Soedjoko"),
        ("djoko", "Sujoko"),
        ("ay", "Ayu Lestari"),
        ("amin siti", "Siti Aminah"),
        ("moh", "Muhammad Rizki"),
        ("masniah", "Hj. Masniah"),
    ],
)
def test_a_part_of_a_name_finds_it(typed, name):
    assert _finds(typed, name)


def test_nothing_typed_asks_for_nothing():
    assert search_words(" .- ") == []
