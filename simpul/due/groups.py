"""What the groups of services of the pack are called on these pages."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "immunisation": _("Immunisation"),
    "growth": _("Weighing and growth"),
    "supplement": _("Vitamin A and deworming"),
    "pregnancy": _("Antenatal care"),
    "postnatal": _("Mother and newborn after birth"),
    "ptm": _("Blood pressure and blood sugar"),
    "elderly": _("Screening of the elderly"),
    "followup": _("Follow-up"),
}

# as they are stored: one bit each, in this order for ever; new groups go to the end
BITS = {
    "immunisation": 1,
    "growth": 2,
    "supplement": 4,
    "pregnancy": 8,
    "postnatal": 16,
    "ptm": 32,
    "elderly": 64,
    "followup": 128,
}
OTHER = 256  # a group the pack has and these pages have no name for

# as rows of the life line, where there is little room
SHORT = {
    "immunisation": _("Immunisation"),
    "growth": _("Weighing"),
    "supplement": _("Vitamin A, deworming"),
    "pregnancy": _("Antenatal care"),
    "postnatal": _("After birth"),
    "ptm": _("Blood pressure, sugar"),
    "elderly": _("Screening of the elderly"),
    "followup": _("Follow-up"),
}
