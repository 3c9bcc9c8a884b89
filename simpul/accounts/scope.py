"""Scope: the part of the register one user may see. Closed by default: no scope, no data."""

import msgspec


class Scope(msgspec.Struct, frozen=True):
    """What a reader may see.

    `villages` and `posyandu` are ids of places and facilities; None means all of them.
    A person is in scope when the home is in one of the villages AND, where posyandu is
    given, belongs to one of those Posyandu.
    """

    user_id: int | None = None
    role: str = ""
    villages: frozenset[int] | None = frozenset()
    posyandu: frozenset[int] | None = None
    may_write: bool = False
    may_import: bool = False
    sees_clinical: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing at all may be seen."""
        return self.villages is not None and not self.villages

    def within(self, village: int | None) -> "Scope":
        """This scope without what lies outside a village; a village outside it changes nothing."""
        if village is None or (self.villages is not None and village not in self.villages):
            return self
        return msgspec.structs.replace(self, villages=frozenset([village]))


NOTHING = Scope()
EVERYTHING = Scope(
    role="system", villages=None, may_write=True, may_import=True, sees_clinical=True
)
"""Scope of the command line, whose user already holds the database."""
