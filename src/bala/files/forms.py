"""A field for files in the forms of other rooms: resumable with JavaScript, plain without.

class PlaceForm(forms.Form):
    pictures = UploadField(kinds=[FileKind.PICTURE], most=3)

form = PlaceForm(request.POST or None, request.FILES or None)
uploads_by(form, account)                      # before anything else is asked of the form
claim(owner=account, files=new_ones(form.cleaned_data["pictures"]))
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.files.base import File
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bala.files.actions import FileRefused, QuotaExceeded, receive
from bala.files.enums import FileKind, FileState, Refusal
from bala.files.models import StoredFile, Upload
from bala.files.queries import limit_of, own_files, unfinished_uploads, why_refused, with_renditions
from bala.files.queries.limits import MB, plain_limit
from bala.people.models import Account

#: What a browser offers to choose from; what a file really is, its first bytes tell.
ACCEPTED = {
    FileKind.PICTURE: "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif",
    FileKind.FILM: "video/*,.mkv",
    FileKind.DOCUMENT: "application/pdf,.pdf",
}


@dataclass(slots=True)
class Sent:
    """What a form brought along: files that are here already, some of them to drop, and new ones."""

    ids: list[str] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    files: list["File[bytes]"] = field(default_factory=list)

    @property
    def kept(self) -> list[str]:
        """The public ids that stay, each once."""
        return [number for number in dict.fromkeys(self.ids) if number not in self.dropped]


class UploadWidget(forms.FileInput):
    """A plain file input that a module of JavaScript makes resumable."""

    template_name = "files/upload_field.html"
    allow_multiple_selected = True

    def __init__(self, kinds: Collection[FileKind], most: int) -> None:
        super().__init__({"accept": ",".join(ACCEPTED[kind] for kind in kinds)})
        self.kinds, self.most = kinds, most
        self.owner: Account | None = None
        self.taken: list[StoredFile] | None = None  # what the field found, once it has looked

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002
        """A browser must not ask for a file where some are here already: the server does."""
        return False

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Sent:
        """Read the ids, the ticks "remove" and the files of a plain form."""
        if not isinstance(data, MultiValueDict):
            data = MultiValueDict({key: [value] for key, value in data.items()})
        given = files.getlist(name) if isinstance(files, MultiValueDict) else []
        dropped = set(data.getlist(f"{name}_drop"))
        # Browsers send an empty file input too; it arrives as an empty text.
        ids = [str(number) for number in data.getlist(name) if number]
        return Sent(ids, dropped, list(given))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Without a file the name is not sent; that says nothing."""
        return not (name in data or name in files)

    def format_value(self, value: Any) -> Any:
        """Hand the files through to the template."""
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what is here, what was begun, and all that the module needs to know."""
        here = self.taken if self.taken is not None else _files_of(value)
        assert self.owner is not None, "call uploads_by(form, account) first"  # noqa: S101
        context = super().get_context(name, None, attrs)
        context["widget"]["attrs"]["multiple"] = self.most > 1
        context |= {
            "files": here,
            "most": self.most,
            "full": len(here) >= self.most,
            "camera": FileKind.PICTURE in self.kinds or FileKind.FILM in self.kinds,
            "camera_accepts": "image/*" if FileKind.PICTURE in self.kinds else "video/*",
            "hint": self._hint(),
            "plain_megabytes": min(plain_limit(), self._limit()) // MB,
            "settings": json.dumps(self._settings(name)),
            "words": json.dumps(_words(self.most)),
        }
        return context

    def _limit(self) -> int:
        return max(limit_of(kind) for kind in self.kinds)

    def _hint(self) -> str:
        told = {
            FileKind.PICTURE: _("JPEG, PNG, WebP or HEIC up to %(limit)d MB"),
            FileKind.FILM: _("a film of a telephone up to %(limit)d MB"),
            FileKind.DOCUMENT: _("PDF up to %(limit)d MB"),
        }
        parts = [told[kind] % {"limit": limit_of(kind) // MB} for kind in self.kinds]
        return "; ".join(parts)

    def _settings(self, name: str) -> dict[str, Any]:
        assert self.owner is not None  # noqa: S101
        return {
            "name": name,
            "most": self.most,
            "endpoint": reverse("media:uploads"),
            "state": reverse("files:state", kwargs={"public_id": "-"}),
            "owner": self.owner.pk,
            "unfinished": [_begun(upload) for upload in unfinished_uploads(self.owner, self.kinds)],
        }


class UploadField(forms.FileField):
    """Up to `most` files of the kinds; cleaned to a list of StoredFile, all of them the owner's.

    They may still be in preparation. In the form's `initial` stand the files that are in use
    already, whoever sent them. What came with a faulty form stays: it is shown and sent again.
    """

    widget: UploadWidget
    default_error_messages = {
        "required": gettext_lazy("Add a file."),
        "gone": gettext_lazy("A file can no longer be used. Send it again."),
        "underway": gettext_lazy("A file is not here completely. Wait for it, or remove it."),
        "plain": gettext_lazy(
            "%(name)s: without JavaScript a file may have %(limit)d MB at most. Make it smaller, or "
            "use a browser with JavaScript."
        ),
    }

    def __init__(
        self, *, kinds: Collection[FileKind] = (FileKind.PICTURE,), most: int = 1, **options: Any
    ) -> None:
        self.kinds, self.most = tuple(kinds), most
        super().__init__(widget=UploadWidget(self.kinds, most), **options)

    def clean(self, data: Sent, initial: Any = None) -> list[StoredFile]:
        """Find the files that were uploaded, and receive those of a plain form.

        Raises ValidationError for all that is wrong at once; what is right is kept all the same.
        """
        if self.disabled:
            return _files_of(initial)
        faults: list[forms.ValidationError] = []
        taken = self._found(data.kept, _files_of(initial), faults)
        room = self.most - len(taken)
        if len(data.files) > room:
            faults.append(self._too_many())
        for file in data.files[: max(room, 0)]:
            try:
                taken.append(self._received(file))
            except forms.ValidationError as fault:
                faults.append(fault)
        if len(taken) > self.most:
            faults.append(self._too_many())
        self.widget.taken = taken
        if not taken and not faults and self.required:
            faults.append(self._fault("required"))
        if faults:
            raise forms.ValidationError(faults)
        return taken

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what the form brought, not what stood there before."""
        return initial if self.disabled else data

    def has_changed(self, initial: Any, data: Sent | None) -> bool:
        """Whether other files stand there than before."""
        if self.disabled or data is None:
            return False
        before = [file.public_id for file in _files_of(initial)]
        return bool(data.files) or data.kept != before

    @property
    def _owner(self) -> Account:
        assert self.widget.owner is not None, "call uploads_by(form, account) first"  # noqa: S101
        return self.widget.owner

    def _found(
        self,
        ids: list[str],
        before: list[StoredFile],
        faults: list[forms.ValidationError],
    ) -> list[StoredFile]:
        """Return the files of these ids that can be used; say what is wrong with the others."""
        known = {file.public_id: file for file in before}
        wanted = [number for number in ids[: self.most + 50] if number not in known]
        if wanted:
            mine = own_files(self._owner).filter(public_id__in=wanted)
            known |= {file.public_id: file for file in mine}
        found = []
        for number in ids:
            file = known.get(number)
            if file is None:
                faults.append(self._fault("gone"))
            elif file.state == FileState.RECEIVING:
                faults.append(self._fault("underway"))
            elif file.state == FileState.REFUSED:
                faults.append(forms.ValidationError(why_refused(file), code="refused"))
            elif file.kind not in self.kinds:
                faults.append(forms.ValidationError(Refusal.KIND.label, code="kind"))
            else:
                found.append(file)
        return found

    def _received(self, file: "File[bytes]") -> StoredFile:
        name = str(file.name or "")[:80]
        if file.size > plain_limit():
            raise self._fault("plain", name=name, limit=plain_limit() // MB)
        try:
            return receive(owner=self._owner, upload=file, kinds=self.kinds)
        except (FileRefused, QuotaExceeded) as error:
            raise forms.ValidationError(f"{name}: {error}", code="refused") from error

    def _fault(self, code: str, **values: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=values or None)

    def _too_many(self) -> forms.ValidationError:
        return forms.ValidationError(_most_words(self.most), code="many")


def uploads_by(form: forms.BaseForm, account: Account) -> None:
    """Tell the form's upload fields whose files they take. Needed before the form is used."""
    for each in form.fields.values():
        if isinstance(each, UploadField):
            each.widget.owner = account


def new_ones(files: Iterable[StoredFile]) -> list[StoredFile]:
    """Return those of the field's files that nothing uses yet: what is to be claimed."""
    return [file for file in files if file.claimed_at is None]


def _files_of(value: Any) -> list[StoredFile]:
    """Return the files that a form began with: one, several, or none."""
    if value is None or isinstance(value, Sent):
        return []
    if isinstance(value, StoredFile):
        return list(with_renditions(StoredFile.objects.filter(pk=value.pk)))
    files: list[StoredFile] = list(value)
    return files


def _begun(upload: Upload) -> dict[str, Any]:
    return {
        "url": reverse("media:upload", kwargs={"public_id": upload.file.public_id}),
        "name": upload.name,
        "size": upload.length,
        "sent": upload.offset,
        "metadata": upload.metadata,
    }


def _most_words(most: int) -> str:
    return (
        _("One file can be added here. Remove the other first.")
        if most == 1
        else _("At most %(most)d files can be added here. Remove some first.") % {"most": most}
    )


def _words(most: int) -> dict[str, str]:
    """All that the module says."""
    return {
        "waiting": _("waits for its turn"),
        "sending": _("%(percent)s %% · %(sent)s of %(size)s MB"),
        "paused": _("paused at %(percent)s %%"),
        "broken": _("No network at this moment. It goes on by itself as soon as there is one."),
        "lost": _("It stopped on the way. Nothing is lost: press “Go on”."),
        "sign_in": _("You are signed out. Sign in on another page, then press “Go on” here."),
        "prepared": _("It is here and is being prepared"),
        "ready": _("It is here"),
        "removed": _("%(name)s is removed."),
        "arrived": _("%(name)s is here."),
        "many": _most_words(most),
        "wait": _("The form goes as soon as the files are here."),
        "stopped": _("A file is not here yet: go on with it, or remove it. Then send the form."),
        "begun": _(
            "Begun earlier: %(name)s, %(percent)s %%. Choose it again, and it goes on there."
        ),
    }
