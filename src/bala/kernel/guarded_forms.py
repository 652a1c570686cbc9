"""Forms that anybody may send without an account, and that store something (docs/adr/0009).

class ReportForm(GuardedForm):
    allowance = Allowance("safeguarding.report")
    text = forms.CharField(...)

form = ReportForm(request.POST or None, visitor=limits.visitor(request))
if form.is_valid(): ...                                  # proof spent, allowance counted
return render(..., status=form.status)                   # 200, 422 or 429
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core import signing
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock, limits, proof

_SALT: Final = "bala.kernel.guarded_forms"
SOONEST: Final = timedelta(seconds=3)  # nobody reads a form and fills it in faster
LATEST: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often one form may be sent from one address within `per`.

    A whole town can share one address of a mobile operator, so who proves work may send often;
    without JavaScript there is no proof, and few are let through.
    """

    name: str
    with_proof: int = 60
    without: int = 5
    per: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a form brings along to show that a person sent it."""

    proof: str
    trap: str
    opened: str

    def opened_for(self) -> timedelta | None:
        """How long ago the form was made; None when that cannot be told."""
        try:
            made = float(signing.loads(self.opened, salt=_SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return timedelta(seconds=clock.now().timestamp() - made)


class ProofOfWorkWidget(forms.Widget):
    """The work for browsers, a trap for programs, and when the form was made."""

    template_name = "kernel/proof_of_work.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ARG002
        """Add a fresh mark of time; what was sent before is spent."""
        opened = signing.dumps(clock.now().timestamp(), salt=_SALT)
        return {**super().get_context(name, None, attrs), "opened": opened}

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002
        name: str,
    ) -> Evidence:
        """Read the three hidden inputs."""
        return Evidence(*(str(data.get(f"{name}{part}", "")) for part in ("", "_page", "_opened")))

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002
        """Nothing here is for a label."""
        return ""


class ProofOfWorkField(forms.Field):
    """Carries the Evidence; GuardedForm judges it once all else is right."""

    widget = ProofOfWorkWidget

    def __init__(self) -> None:
        super().__init__(required=False, label="")


class GuardedForm(forms.Form):
    """A form that wants work or patience from whoever sends it. Subclasses set `allowance`."""

    allowance: ClassVar[Allowance]
    proof = ProofOfWorkField()
    too_often: limits.TooOften | None = None

    def __init__(self, *args: Any, visitor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visitor = visitor
        self.order_fields([*(name for name in self.fields if name != "proof"), "proof"])

    @property
    def status(self) -> int:
        """The answer that goes with the form as it stands: 200, 422 for faults, 429 for too often."""
        if self.too_often is not None:
            return 429
        return 422 if self.is_bound and self.errors else 200

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # the hook is missing in the stubs
        if not self.errors:  # a slip of the pen costs nobody a proof
            try:
                self._judge(self.cleaned_data["proof"])
            except limits.TooOften as error:
                self.too_often = error
                self.add_error("proof", str(error))

    def _judge(self, evidence: Evidence) -> None:
        key = f"form:{self.allowance.name}:{self.visitor}"
        opened_for = evidence.opened_for()
        if evidence.trap or opened_for is None or opened_for > LATEST:
            self.add_error("proof", _("The form has grown old. Please send it again."))
        elif evidence.proof:
            limits.hit(key, limit=self.allowance.with_proof, per=self.allowance.per)
            try:
                proof.spend(evidence.proof)
            except proof.WrongProof:
                self.add_error("proof", _("The check did not work out. Please send it again."))
        elif opened_for < SOONEST:
            self.add_error(
                "proof", _("That was very quick. Please wait a moment and send it again.")
            )
        else:
            limits.hit(f"{key}:plain", limit=self.allowance.without, per=self.allowance.per)
