"""Invented names as they are heard along the Kapuas: Banjar, Dayak, Javanese, others.

Rule: a name fits the year of birth; the old may be written in the spelling of their day.
"""

from collections.abc import Sequence
from random import Random

PEOPLES = ("banjar", "dayak", "java", "other")
SHARES = (42, 30, 21, 7)

_OLD = {
    ("banjar", "male"): (
        "Abdul Gani", "Abdul Hamid", "Anang Syahrani", "Arbain", "Asnawi", "Baderi", "Basuni",
        "Bahrun", "Darmawi", "Fahrurazi", "Gazali", "Hairudin", "Hamberi", "Husaini", "Idrus",
        "Jamaludin", "Jurkani", "Kaspul Anwar", "Masrani", "Mahyudin", "Marhasan", "Misran",
        "Muhammad Yusuf", "Norhasan", "Rusdi", "Sabran", "Saberi", "Syamsuri", "Syahran",
        "Tajudin", "Utuh Aini", "Zainal Abidin", "Zuhri",
    ),
    ("banjar", "female"): (
        "Aisyah", "Aluh Bainah", "Arbayah", "Asiah", "Basnah", "Faridah", "Galuh Sari", "Hamnah",
        "Hamsiah", "Jumiati", "Jamilah", "Kamsiah", "Masniah", "Mardiah", "Masitah", "Mastora",
        "Noor Asiah", "Norhayati", "Noriah", "Patimah", "Radiah", "Raudah", "Rusminah", "Saniah",
        "Salasiah", "Salmah", "Siti Aisyah", "Siti Hadijah", "Siti Norjanah", "Sabariah",
        "Zubaidah", "Zulaiha",
    ),
    ("dayak", "male"): (
        "Adrianus", "Barnabas", "Bungai", "Dehen", "Darius", "Elias", "Gerson", "Hendrik",
        "Idar", "Kornelis", "Lambung", "Lukas", "Markus", "Nahason", "Otto", "Petrus", "Rangin",
        "Robert", "Sahadin", "Salundik", "Simon", "Tambun", "Tiwan", "Untung", "Wilson",
        "Yohanes", "Yakob", "Yansen",
    ),
    ("dayak", "female"): (
        "Agustina", "Bawin", "Debora", "Elisabet", "Ester", "Hana", "Helmina", "Ida", "Indu",
        "Kristina", "Lamiang", "Lidia", "Magdalena", "Marta", "Maria", "Marlina", "Martina",
        "Naomi", "Nyai Undang", "Rahel", "Ruth", "Sara", "Selvina", "Tabita", "Wilhelmina",
        "Yuliana", "Yustina",
    ),
    ("java", "male"): (
        "Bambang Irawan", "Djoko Susilo", "Hadi Purnomo", "Hartono", "Jumadi", "Kasman",
        "Mulyono", "Ngadimin", "Paijo", "Parman", "Ponijan", "Riyanto", "Samidi", "Sarjono",
        "Slamet Riyadi", "Sugiman", "Suharto Wijoyo", "Sukardi", "Sunaryo", "Suparman",
        "Supriyadi", "Suratman", "Suroso", "Sutarjo", "Sutikno", "Sutoyo", "Tukiman", "Wagimin",
        "Wahyudi", "Widodo",
    ),
    ("java", "female"): (
        "Endang Lestari", "Hartati", "Jumiyem", "Kartini", "Kasiyem", "Lasmini", "Ngatinah",
        "Paini", "Painem", "Rubiyah", "Rusmini", "Samiyem", "Sri Hartini", "Sri Wahyuni",
        "Sukarti", "Sugiarti", "Suharni", "Sulastri", "Sumarni", "Sumiati", "Sunarti",
        "Suparmi", "Supriyati", "Suryani", "Sutini", "Tukinem", "Tutik Handayani", "Wagiyem",
    ),
    ("other", "male"): (
        "Amrullah", "Andi Baso", "Daeng Matara", "Haji Bakri", "Husein", "Matrawi", "Moh. Saleh",
        "Rahmat Siregar", "Sahruddin", "Tarigan", "Yusran",
    ),
    ("other", "female"): (
        "Andi Tenri", "Halimah", "Hasnawati", "Maimunah", "Murni Siregar", "Nurlaila", "Rukmini",
        "Satimah", "Sitti Rahma", "Yusnani",
    ),
}  # fmt: skip

_NEW_FIRST = {
    ("banjar", "male"): (
        "Muhammad", "Ahmad", "M.", "Akhmad", "Fahmi", "Gazali", "Hafiz", "Ilham", "Irfan",
        "Khairul", "Maulana", "Noor", "Rafi", "Rahmad", "Raihan", "Rizky", "Syahrul", "Zaini",
    ),
    ("banjar", "female"): (
        "Siti", "Nur", "Noor", "Aisyah", "Annisa", "Aulia", "Fitria", "Hafizah", "Khadijah",
        "Laila", "Mariatul", "Nadia", "Najwa", "Nayla", "Rahmah", "Salsabila", "Zahra", "Zahwa",
    ),
    ("dayak", "male"): (
        "Andreas", "Christian", "Daniel", "David", "Ferdinand", "Gabriel", "Immanuel", "Jonatan",
        "Kevin", "Marcelino", "Nathan", "Rafael", "Reynaldo", "Samuel", "Stefanus", "Yosua",
    ),
    ("dayak", "female"): (
        "Angelina", "Cristin", "Debora", "Eunike", "Febrianti", "Gloria", "Grace", "Keisya",
        "Kristina", "Maria", "Meilani", "Natalia", "Novita", "Priskila", "Tesalonika", "Yemima",
    ),
    ("java", "male"): (
        "Aditya", "Agus", "Arif", "Bagas", "Bayu", "Dimas", "Eko", "Fajar", "Galang", "Gilang",
        "Hendra", "Irwan", "Joko", "Rangga", "Raditya", "Teguh", "Wahyu", "Yoga",
    ),
    ("java", "female"): (
        "Ayu", "Citra", "Dewi", "Dian", "Eka", "Fitri", "Indah", "Intan", "Kartika", "Lestari",
        "Puji", "Putri", "Ratna", "Retno", "Rina", "Sri", "Wulan", "Yuni",
    ),
    ("other", "male"): ("Alfian", "Andi", "Arkana", "Azka", "Fikri", "Rama", "Rian", "Zidan"),
    ("other", "female"): ("Alya", "Amelia", "Bunga", "Cinta", "Keysha", "Nabila", "Safira"),
}  # fmt: skip

_NEW_LAST = {
    ("banjar", "male"): (
        "Fauzi", "Rahman", "Hidayat", "Anwar", "Ramadhani", "Syahputra", "Maulidi", "Rahmatullah",
        "Hakim", "Fadillah", "Yusuf", "Arsyad", "Aminullah", "Rizali", "Mubarak",
    ),
    ("banjar", "female"): (
        "Rahmah", "Aminah", "Jannah", "Hasanah", "Azizah", "Hidayah", "Kamila", "Mawaddah",
        "Nuraini", "Ramadhani", "Salsabila", "Syifa", "Zahra", "Putri", "Maulida",
    ),
    ("dayak", "male"): (
        "Mihing", "Sanjaya", "Tuah", "Bungas", "Saputra", "Lambung", "Kristian", "Rangkap",
        "Jaya", "Matan", "Toendan", "Pranata",
    ),
    ("dayak", "female"): (
        "Ayu", "Lestari", "Mihing", "Natalia", "Oktavia", "Putri", "Sinta", "Toendan", "Tiara",
        "Agustina", "Mariana",
    ),
    ("java", "male"): (
        "Saputra", "Pratama", "Nugroho", "Setiawan", "Prasetyo", "Santoso", "Wibowo", "Kurniawan",
        "Susanto", "Ramadhan", "Purnomo", "Hartono",
    ),
    ("java", "female"): (
        "Lestari", "Handayani", "Rahayu", "Wulandari", "Anggraini", "Puspita", "Kusuma",
        "Permatasari", "Wahyuni", "Astuti", "Maharani", "Utami",
    ),
    ("other", "male"): ("Pratama", "Alfarizi", "Siregar", "Akbar", "Baso", "Firmansyah"),
    ("other", "female"): ("Putri", "Siregar", "Khairunnisa", "Amelia", "Tenri", "Azzahra"),
}  # fmt: skip

_TO_OLD = str.maketrans(
    {"j": "dj", "J": "Dj", "c": "tj", "C": "Tj", "y": "j", "Y": "J", "u": "oe", "U": "Oe"}
)
_FATHERS_NAME_IS_ADDED = 0.35


def people(rng: Random) -> str:
    """One of the peoples of the river, by their share."""
    return rng.choices(PEOPLES, SHARES)[0]


def full_name(
    rng: Random, people: str, sex: str, year: int, father: str = "", taken: Sequence[str] = ()
) -> str:
    """A name for someone born in `year`; children of one house do not share a name."""
    for _ in range(8):
        name = _once(rng, people, sex, year, father)
        if name not in taken:
            return name
    return f"{name} {rng.choice(_NEW_LAST[people, sex])}"


def _once(rng: Random, people: str, sex: str, year: int, father: str) -> str:
    if year < 1978 or (year < 1990 and rng.random() < 0.5):
        return _elder(rng, people, sex, year)
    first = rng.choice(_NEW_FIRST[people, sex])
    last = rng.choice(_NEW_LAST[people, sex])
    while last == first:
        last = rng.choice(_NEW_LAST[people, sex])
    inherits = father and rng.random() < _FATHERS_NAME_IS_ADDED
    family = father.split()[-1] if inherits else ""
    if family and family not in (first, last):
        return f"{first} {last} {family}"
    if first in ("M.", "Siti", "Nur", "Noor") or rng.random() < 0.8:
        return f"{first} {last}"
    return first


def _elder(rng: Random, people: str, sex: str, year: int) -> str:
    name = rng.choice(_OLD[people, sex])
    if people == "dayak" and rng.random() < 0.6:
        name = f"{name} {rng.choice(_NEW_LAST[people, 'male'])}"
    if year < 1957 and rng.random() < 0.45:
        name = old_spelling(name)
    if year < 1975 and people in ("banjar", "other") and rng.random() < 0.12:
        name = f"{'H.' if sex == 'male' else 'Hj.'} {name}"
    return name


def old_spelling(name: str) -> str:
    """As it was written until 1947 or 1972: Suparman, Soeparman; Jumiati, Djoemiati."""
    return name.translate(_TO_OLD)
