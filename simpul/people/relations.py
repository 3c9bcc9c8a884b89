"""What a person is to the head of the household. Stored as it is said in Indonesian, the language
of the registers; shown in the reader's."""

from django.utils.translation import pgettext_lazy

WORDS = {
    "kepala keluarga": pgettext_lazy("relation", "head of the household"),
    "suami": pgettext_lazy("relation", "husband"),
    "istri": pgettext_lazy("relation", "wife"),
    "anak": pgettext_lazy("relation", "child"),
    "menantu": pgettext_lazy("relation", "son- or daughter-in-law"),
    "cucu": pgettext_lazy("relation", "grandchild"),
    "orang tua": pgettext_lazy("relation", "parent"),
    "mertua": pgettext_lazy("relation", "parent-in-law"),
    "famili lain": pgettext_lazy("relation", "other relative"),
    "lainnya": pgettext_lazy("relation", "other"),
}


def said(relation: str) -> str:
    """The relation in the reader's language; what no list knows stays as it was written."""
    return str(WORDS.get(relation.lower(), relation))
