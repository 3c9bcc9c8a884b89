"""Forms of accounts: signing in, one's own password, a new account."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.accounts import queries
from simpul.accounts.scope import Scope


class SignInForm(AuthenticationForm):
    """Username, capitals or not, and password; which of the two is wrong is not said."""

    error_messages = {
        "invalid_login": _(
            "Username or password is wrong. Check capital letters and try again; after five "
            "failures the account rests for 15 minutes."
        ),
        "inactive": _("This account is closed. Ask the head of the Puskesmas."),
    }
    username = UsernameField(
        label=pgettext_lazy("account", "Username"),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=pgettext_lazy("account", "Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()


class OwnPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {
        "password_incorrect": _("The old password is wrong."),
        "password_mismatch": _("The two new passwords differ. Type the same one twice."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = pgettext_lazy("account", "Old password")
        self.fields["new_password1"].label = pgettext_lazy("account", "New password")
        self.fields["new_password1"].help_text = _("At least 10 characters, not a common word.")
        self.fields["new_password2"].label = pgettext_lazy("account", "New password again")
        self.fields["new_password2"].help_text = ""


class FacilityField(forms.ModelChoiceField):
    """A facility of the own Puskesmas, named with its kind."""

    def label_from_instance(self, obj) -> str:
        kinds = {"puskesmas": "Puskesmas", "posyandu": "Posyandu", "pustu": "Pustu"}
        kind = kinds.get(obj.kind, "")
        return obj.name if obj.name.startswith(kind) else f"{kind} {obj.name}"


class NewUserForm(forms.Form):
    """An account for somebody of the own Puskesmas."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(
        label=pgettext_lazy("account", "Username"),
        max_length=60,
        help_text=_("Small letters, without spaces: 'lilis' or 'lilis.dahlia'."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in queries.GIVEN_BY_HEAD],
    )

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["facility"] = FacilityField(
            label=_("Place of work"),
            queryset=queries.facilities(scope),
            empty_label=_("– choose the place of work –"),
        )

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip().lower()
        if queries.user_named(username):
            raise ValidationError(_("This username is taken. Choose another one."))
        return username

    def clean(self) -> dict:
        said = super().clean() or {}
        if {"username", "role", "facility"} <= said.keys():
            queries.check_account(said["username"], said["role"], said["facility"])
        return said
