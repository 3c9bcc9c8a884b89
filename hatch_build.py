"""Compile the message catalogues while the wheel (or the editable install) is built."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> int:
    """Write a .mo beside every .po below `root`; return how many there are."""
    catalogues = sorted(root.glob("simpul/*/locale/*/LC_MESSAGES/*.po"))
    for po in catalogues:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
    return len(catalogues)


class CatalogueHook(BuildHookInterface):
    def initialize(self, version, build_data):
        compile_catalogues(Path(self.root))
