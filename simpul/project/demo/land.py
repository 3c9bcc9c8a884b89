"""Where the demonstration lies: Kabupaten Kapuas, its kecamatan and villages, Posyandu and Pustu.

Rule: what has a code of the Ministry of Home Affairs is real; villages beyond the four of
Puskesmas Melati are invented and numbered 9001 and up. Every Posyandu is invented.
"""

from collections.abc import Iterator
from random import Random

import msgspec

from simpul.project.demo.values import Hood

PROVINCE = ("62", "Kalimantan Tengah")
REGENCY = ("62.03", "Kapuas")
DISTRICTS = (
    ("62.03.01", "Selat"), ("62.03.02", "Kapuas Hilir"), ("62.03.03", "Kapuas Timur"),
    ("62.03.04", "Kapuas Kuala"), ("62.03.05", "Kapuas Barat"), ("62.03.06", "Pulau Petak"),
    ("62.03.07", "Kapuas Murung"), ("62.03.08", "Basarang"), ("62.03.09", "Mantangai"),
    ("62.03.10", "Timpah"), ("62.03.11", "Kapuas Tengah"), ("62.03.12", "Kapuas Hulu"),
    ("62.03.13", "Tamban Catur"), ("62.03.14", "Pasak Talawang"), ("62.03.15", "Mandau Talawang"),
    ("62.03.16", "Dadahup"), ("62.03.17", "Bataguh"),
)  # fmt: skip
_MELATI = (  # code, name, Posyandu, hamlets, how well it works
    ("62.03.01.1023", "Panamas", ("Dahlia", "Flamboyan"), ("Sei Barito", "Sei Asam"), 0.80),
    ("62.03.01.1010", "Selat Dalam", ("Anggrek", "Teratai", "Cempaka"),
     ("Handil Nanas", "Handil Raya", "Sei Baras"), 0.70),
    ("62.03.01.1009", "Selat Hulu", ("Melati 1", "Melati 2"), ("Sei Pasah", "Danau Mare"), 0.97),
    ("62.03.01.1006", "Murung Keramat", ("Kenanga", "Mawar"), ("Keramat", "Teluk Murung"), 0.84),
)  # fmt: skip
_FLOWERS = (
    "Melati", "Mawar", "Anggrek", "Dahlia", "Kenanga", "Cempaka", "Teratai", "Flamboyan",
    "Seroja", "Bougenvil", "Kamboja", "Tulip", "Sakura", "Nusa Indah", "Matahari", "Edelweis",
    "Lavender", "Kemuning", "Wijaya Kusuma", "Alamanda",
)  # fmt: skip
_STEMS = (
    "Handil", "Sei", "Teluk", "Tumbang", "Pulau", "Danau", "Tanjung", "Muara", "Anjir", "Lupak",
    "Batu", "Lahei", "Rantau", "Terusan", "Sakalagun",
)  # fmt: skip
_TAILS = (
    "Harapan", "Makmur", "Raya", "Jaya", "Baru", "Indah", "Sejahtera", "Permai", "Tengah",
    "Hulu", "Hilir", "Bakti", "Mulya", "Karya", "Sari", "Damai", "Muda", "Lama",
)  # fmt: skip
_STREETS = (
    "Jl. Trans Kapuas", "Jl. Barito", "Jl. Anggrek", "Jl. Pemuda", "Jl. Kalimantan", "Jl. Melati",
    "Jl. Tambun Bungai", "Jl. Cilik Riwut", "Jl. Mahakam", "Jl. Keruing", "Jl. Seroja",
    "Jl. Patih Rumbih", "Jl. Jepang", "Jl. Maluku", "Gg. Keluarga", "Gg. Sepakat",
)  # fmt: skip
VILLAGE_HOLDS = 3000
VILLAGES_OF_A_PUSKESMAS = 10
SMALL = 6000  # up to here the four villages of Melati hold everybody


class Village(msgspec.Struct, frozen=True):
    """A village, its Puskesmas and its Posyandu."""

    code: str
    name: str
    district: tuple[str, str]
    puskesmas: str
    hoods: tuple[Hood, ...]
    place_on_grid: int  # -1: one of the four with an outline drawn by hand


def villages(residents: int, seed: int) -> list[Village]:
    """The villages for so many residents: the four of Melati first."""
    wanted = 4 if residents <= SMALL else max(4, -(-residents // VILLAGE_HOLDS))
    return [_village(number, residents // wanted, seed) for number in range(wanted)]


def _village(number: int, holds: int, seed: int) -> Village:
    rng = Random(f"{seed}:village:{number}")  # noqa: S311  invented people, no secret
    if number < len(_MELATI):
        code, name, posyandu, hamlets, quality = _MELATI[number]
        return Village(
            code, name, DISTRICTS[0], "Melati",
            tuple(_hoods(rng, code, name, posyandu, hamlets, quality)), -1,
        )  # fmt: skip
    puskesmas = number // VILLAGES_OF_A_PUSKESMAS
    district = DISTRICTS[puskesmas % len(DISTRICTS)]
    code = f"{district[0]}.{9001 + number}"
    name = _invented(number - len(_MELATI))
    flowers = rng.sample(_FLOWERS, max(2, min(4, holds // 700)))
    dusun = [f"Dusun {roman}" for roman in ("I", "II", "III", "IV")]
    hoods = _hoods(rng, code, name, flowers, dusun, rng.uniform(0.7, 0.98))
    health_centre = "Melati" if puskesmas == 0 else f"{_FLOWERS[puskesmas % 20]} {district[1]}"
    return Village(code, name, district, health_centre, tuple(hoods), number)


def _invented(number: int) -> str:
    """A village's name of a landmark and a wish; numbered when all of them are taken."""
    turn, index = divmod(number, len(_STEMS) * len(_TAILS))
    shift, stem = divmod(index, len(_STEMS))
    name = f"{_STEMS[stem]} {_TAILS[(shift + stem) % len(_TAILS)]}"
    return f"{name} {turn + 1}" if turn else name


def _hoods(rng: Random, code: str, village: str, posyandu, hamlets, quality) -> Iterator[Hood]:
    for number, name in enumerate(posyandu):
        first_rt = 1 + number * 8
        near = max(0.55, min(0.98, quality + rng.uniform(-0.04, 0.04)))
        yield Hood(
            code=f"Y-{code}-{number + 1}",
            name=name,
            village_code=code,
            village=village,
            hamlet=hamlets[number],
            number=number,
            rws=(1 + number * 2, 2 + number * 2),
            rts=tuple(range(first_rt, first_rt + 8)),
            weekday=(1, 2, 3, 0, 4)[number % 5],
            nth=3 if number == 0 else rng.choice((1, 2, 2, 3)),
            attendance=0.38 + 0.6 * near,
            vaccination=0.25 + 0.73 * near,
            antenatal=0.25 + 0.72 * near,
            screening=0.36 + 0.62 * near,
            streets=tuple(rng.sample(_STREETS, 5)),
        )


def hoods(residents: int, seed: int) -> list[tuple[Hood, int]]:
    """Every neighbourhood with the number of residents it should hold; together exactly all."""
    everywhere = [hood for village in villages(residents, seed) for hood in village.hoods]
    weights = [1 + 0.12 * (hood.number % 3) for hood in everywhere]
    edges, total = [], 0.0
    for weight in weights:
        total += weight
        edges.append(total)
    ends = [round(residents * edge / total) for edge in edges]
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    return list(zip(everywhere, sizes, strict=True))
