"""What people type."""

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bala.certificates.access import IssuingPlace, Office
from bala.certificates.actions.designs import FIELDS
from bala.certificates.actions.issuing import Award, Occasion, Recipient
from bala.certificates.enums import Kind, OccasionWords, RecipientKind
from bala.certificates.models import Certificate, Design
from bala.certificates.queries.verification import as_code
from bala.certificates.queries.wording import FIRST_WORDS, PLACEHOLDERS, unknown_placeholders
from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.people.models import Account, Child
from bala.people.queries.accounts import is_child
from bala.territory.models import Organisation

SIGNATORIES: Final = 3
BLOCKS: Final = [
    (0, _("sky, without a block")),
    *((n, _("block %(n)s") % {"n": n}) for n in range(1, 9)),
]
_MOST_AWAY: Final = 366  # days between today and the day on the sheet


class DayInput(forms.DateInput):
    """A day as browsers choose it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Capital:
    """Begins every label with a capital; the words themselves are shared with tables and models."""

    def __getitem__(self, name: str) -> forms.BoundField:
        """Return the field as it is shown."""
        bound: forms.BoundField = super().__getitem__(name)  # type: ignore[misc]
        bound.label = capfirst(bound.label)
        return bound


class CodeForm(forms.Form):
    """The code of a certificate, to check it."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=200,
        help_text=_("Sixteen letters and digits beside the QR. Blanks do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class PlaceField(forms.ChoiceField):
    """For whom something is issued: one of what the person may issue for."""

    def offer(self, places: list[IssuingPlace]) -> None:
        """Offer these; one alone needs no choosing."""
        self.places = {place.key: place for place in places}
        self.choices = [(place.key, place.label) for place in places]
        self.initial = places[0].key if places else ""
        if len(places) == 1:
            self.widget = forms.HiddenInput()

    def place(self, key: str) -> IssuingPlace:
        """Return what was chosen."""
        return self.places[key]


class DesignForm(Capital, forms.ModelForm[Design]):
    """Texts, signatories and colour of a design."""

    place = PlaceField(label=_("for whom it is"))
    block = forms.TypedChoiceField(label=_("colour of the block"), choices=BLOCKS, coerce=int)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Design
        fields = [name for name in FIELDS if name != "signatories"]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("body_kk", "body_ru")},
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("terms_kk", "terms_ru")},
        }

    def __init__(
        self, data: Any = None, *, office: Office, kind: Kind, instance: Design | None = None
    ) -> None:
        self.kind = kind
        super().__init__(data, instance=instance, initial=None if instance else self._first())
        place = self.fields["place"]
        if isinstance(place, PlaceField):
            place.offer(office.places())
        if instance is not None:
            del self.fields["place"]
            self.initial["revision"] = instance.revision
        voucher, poster = kind == Kind.VOUCHER, kind == Kind.POSTER
        for name in ("value_kk", "value_ru", "terms_kk", "terms_ru"):
            if not voucher:
                del self.fields[name]
        if not poster:
            del self.fields["link"]
        else:
            self.fields["link"].help_text = _(
                "An address of this site, from the language on: /kk/…"
            )
        for name in ("body_kk", "body_ru"):
            self.fields[name].help_text = _("In place of %(words)s stands what is issued.") % {
                "words": "{occasion}, {place}, {nomination}, {date}"
            }
        if not poster:
            self._add_signatories(instance.signatories if instance else [])

    def _first(self) -> dict[str, Any]:
        """What a new design begins with."""
        return {**FIRST_WORDS[self.kind], "label": capfirst(str(self.kind.label))}

    def _add_signatories(self, standing: list[dict[str, str]]) -> None:
        labels = {
            "name": _("who signs"),
            "post_kk": _("post in Kazakh"),
            "post_ru": _("post in Russian"),
        }
        for n in range(SIGNATORIES):
            for key, label in labels.items():
                initial = standing[n].get(key, "") if n < len(standing) else ""
                self.fields[f"sign_{n}_{key}"] = forms.CharField(
                    label=label, required=False, max_length=150, initial=initial
                )

    def _post_clean(self) -> None:
        """Leave the instance as it is stored: the action writes it, and says what is wrong."""

    def clean(self) -> dict[str, Any]:
        """Refuse braces that mean nothing, and addresses of other sites."""
        data = super().clean() or self.cleaned_data
        for name in ("lead_kk", "lead_ru", "body_kk", "body_ru", "terms_kk", "terms_ru"):
            wrong = unknown_placeholders(data.get(name, ""))
            if wrong:
                self.add_error(
                    name,
                    gettext("{%(wrong)s} means nothing here; there are %(known)s.")
                    % {"wrong": wrong[0], "known": ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)},
                )
        link = data.get("link", "")
        if link and (not link.startswith("/") or link.startswith("//")):
            self.add_error("link", gettext("Write an address of this site that begins with /."))
        return data

    def values(self) -> dict[str, Any]:
        """Return what the action writes."""
        data = self.cleaned_data
        found: dict[str, Any] = {name: data[name] for name in FIELDS if name in data}
        signatories = []
        for n in range(SIGNATORIES):
            name = data.get(f"sign_{n}_name", "").strip()
            if name:
                posts = {key: data[f"sign_{n}_{key}"].strip() for key in ("post_kk", "post_ru")}
                signatories.append({"name": name, **posts})
        return {**found, "signatories": signatories}

    def chosen_place(self) -> IssuingPlace:
        """Return for whom a new design is."""
        field = self.fields["place"]
        if not isinstance(field, PlaceField):
            raise TypeError("place")
        return field.place(self.cleaned_data["place"])

    def signs(self) -> list[list[forms.BoundField]]:
        """The fields of those who sign, a row for each."""
        return [
            [self[f"sign_{n}_{key}"] for key in ("name", "post_kk", "post_ru")]
            for n in range(SIGNATORIES)
            if f"sign_{n}_name" in self.fields
        ]

    def pairs(self) -> list[list[forms.BoundField]]:
        """The texts, Kazakh and Russian side by side."""
        return [
            [self[f"{name}_{code}"] for code in ("kk", "ru")]
            for name in ("heading", "lead", "value", "body", "terms", "issuer")
            if f"{name}_kk" in self.fields
        ]


class _OccasionFields(Capital, forms.Form):
    """What all forms of issuing ask: which design, for whom, what for, when."""

    design = forms.ModelChoiceField(Design.objects.none(), label=_("design"), empty_label=None)
    for_whom = PlaceField(label=_("in whose name it is issued"))
    occasion_kk = forms.CharField(label=_("what for, in Kazakh"), max_length=500, required=False)
    occasion_ru = forms.CharField(label=_("what for, in Russian"), max_length=500, required=False)
    issued_on = forms.DateField(label=_("day on the sheet"), widget=DayInput())

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        office: Office,
        source: OccasionWords | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.source = source
        design, place = self.fields["design"], self.fields["for_whom"]
        if isinstance(design, forms.ModelChoiceField):
            design.queryset = (
                office.usable_designs().exclude(kind=Kind.POSTER).order_by("kind", "label", "pk")
            )
        if isinstance(place, PlaceField):
            place.offer(office.places())
        self.fields["issued_on"].initial = clock.today()
        if source is not None:
            self.fields["occasion_kk"].initial = source.title.get("kk", "")
            self.fields["occasion_ru"].initial = source.title.get("ru", "")

    def clean_issued_on(self) -> date:
        """Refuse a day that is a slip of the finger."""
        day: date = self.cleaned_data["issued_on"]
        if abs((day - clock.today()).days) > _MOST_AWAY:
            raise forms.ValidationError(gettext("The day is more than a year away."))
        return day

    def clean(self) -> dict[str, Any]:
        """What a sheet is given for stands in every language that it is printed in."""
        data = super().clean() or self.cleaned_data
        design = data.get("design")
        if design is not None and not any(
            data.get(f"occasion_{code}") for code in design.languages
        ):
            self.add_error(
                f"occasion_{design.languages[0]}", gettext("Write what it is given for.")
            )
        return data

    def occasion(self) -> Occasion:
        """Return what it is given for."""
        data = self.cleaned_data
        return Occasion(
            kk=data["occasion_kk"],
            ru=data["occasion_ru"],
            en=self.source.title.get("en", "") if self.source else "",
            key=self.source.key if self.source else "",
        )

    def chosen_place(self) -> IssuingPlace:
        """Return in whose name it is issued."""
        field = self.fields["for_whom"]
        if not isinstance(field, PlaceField):
            raise TypeError("for_whom")
        return field.place(self.cleaned_data["for_whom"])


class IssueForm(_OccasionFields):
    """One certificate."""

    to = forms.ChoiceField(label=_("recipient"), choices=RecipientKind, widget=forms.RadioSelect)
    name = forms.CharField(label=_("full name"), max_length=200, required=False)
    code = forms.CharField(
        label=_("code of the child"),
        max_length=40,
        required=False,
        help_text=_(
            "The family reads it on its page of certificates. The sheet then lies there too."
        ),
    )
    email = forms.EmailField(label=_("e-mail in Bala"), required=False)
    organisation = forms.CharField(
        label=_("name of the organisation"), max_length=300, required=False
    )
    detail = forms.CharField(label=_("line below the name"), max_length=200, required=False)
    is_public = forms.BooleanField(
        label=_("An adult who may be named on the page of verification"), required=False
    )
    place = forms.IntegerField(label=_("place"), min_value=1, max_value=100, required=False)
    nomination = forms.CharField(label=_("nomination"), max_length=200, required=False)

    field_order = [
        "design",
        "for_whom",
        "to",
        "name",
        "code",
        "email",
        "organisation",
        "detail",
        "is_public",
    ]

    def clean(self) -> dict[str, Any]:
        """Find whom it is for; what is wrong stands beside the field that says who."""
        data = super().clean()
        makers = {
            RecipientKind.NAME: ("name", self._named),
            RecipientKind.CHILD: ("code", self._child),
            RecipientKind.ACCOUNT: ("email", self._account),
            RecipientKind.ORGANISATION: ("organisation", self._organisation),
        }
        if data.get("to"):
            field, maker = makers[RecipientKind(data["to"])]
            try:
                self.recipient = maker(data)
            except PersonError as error:
                self.add_error(field, str(error))
        return data

    def award(self) -> Award:
        """Return the recipient with place and nomination."""
        data = self.cleaned_data
        return Award(self.recipient, data["place"], data["nomination"])

    def _named(self, data: dict[str, Any]) -> Recipient:
        return Recipient.named(data["name"], detail=data["detail"], is_public=data["is_public"])

    def _child(self, data: dict[str, Any]) -> Recipient:
        code = as_code(data["code"])
        child = (
            Child.objects.filter(public_id=code, erased_at__isnull=True).first() if code else None
        )
        if child is None:
            raise PersonError(_("No child has this code: ask the family for it."))
        if child.given_name.casefold() not in data["name"].casefold():
            raise PersonError(
                _(
                    "Write the child's name in full; the code belongs to a child of another first name."
                )
            )
        return Recipient.of_child(child, name=data["name"], detail=data["detail"])

    def _account(self, data: dict[str, Any]) -> Recipient:
        account = Account.objects.filter(email=data["email"].lower(), is_active=True).first()
        if account is None or is_child(account):
            raise PersonError(_("Nobody grown up signs in with this address."))
        return Recipient.of_account(account, detail=data["detail"], is_public=data["is_public"])

    def _organisation(self, data: dict[str, Any]) -> Recipient:
        text = data["organisation"].strip()
        alike = Q(name_kk__iexact=text) | Q(name_ru__iexact=text)
        found = list(
            Organisation.objects.filter(alike, is_active=True).order_by("sort_key", "pk")[:2]
        )
        if not found and text:
            alike = Q(name_kk__icontains=text) | Q(name_ru__icontains=text)
            found = list(
                Organisation.objects.filter(alike, is_active=True).order_by("sort_key", "pk")[:2]
            )
        if len(found) != 1:
            raise PersonError(
                _("Several organisations are called so: write the name in full.")
                if found
                else _("No organisation is called so.")
            )
        language = data["design"].language if data.get("design") else "ru"
        return Recipient.of_organisation(found[0], language=language, detail=data["detail"])


class ListForm(_OccasionFields):
    """Many certificates: a table, or names typed in."""

    file = forms.FileField(
        label=_("table"),
        required=False,
        help_text=_("Excel (.xlsx) or CSV; the first row names the columns."),
    )
    names = forms.CharField(
        label=_("or names, one to a line"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("After a semicolon stands the line below the name: Әлия Сәрсенова; 5 «А»"),
    )
    adults = forms.BooleanField(
        label=_("All of them are adults who may be named on the page of verification"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean()
        if not data.get("file") and not data.get("names", "").strip():
            self.add_error("file", gettext("Send a table, or write names below."))
        return data


class CertificateFilter(forms.Form):
    """What somebody wants to see of the list; anything odd means all."""

    q = forms.CharField(label=_("Name or number"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all")), *((k.value, k.label) for k in Kind if k != Kind.POSTER)],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("valid", _("valid")), ("revoked", _("revoked"))],
    )

    def wanted(self) -> dict[str, str]:
        """Return what was chosen, as queries take it."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "text": data.get("q", ""),
            "kind": data.get("kind", ""),
            "state": data.get("state", ""),
        }


class RevokeForm(forms.Form):
    """Why a certificate holds no more."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Everybody who checks the certificate reads it: no names."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, certificate: Certificate) -> None:
        super().__init__(data)
        self.certificate = certificate
