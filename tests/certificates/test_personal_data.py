"""What is kept on a family can be taken out and goes."""

import pytest

from bala.certificates.actions import Recipient
from bala.certificates.models import Certificate
from bala.people.actions.erasure import erase_child
from bala.people.queries.personal_data import kept_on
from tests.certificates.factories import make_certificate
from tests.people.factories import make_account, make_child, make_consents

pytestmark = pytest.mark.django_db


def test_a_familys_certificates_are_taken_out_and_lose_their_names() -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    one = make_certificate(recipient=Recipient.of_child(child, detail="5 «А»"))
    rows = {kept.source.name: kept.rows for kept in kept_on(child)}["certificates.certificates"]
    assert [(row["number"], row["name"]) for row in rows] == [("D-2021-000001", "Әлия Сәрсенова")]
    erase_child(child=child, by=guardian)
    erase_child_again = Certificate.objects.get(pk=one.pk)
    assert (erase_child_again.name, erase_child_again.detail, erase_child_again.salt) == (
        "",
        "",
        "",
    )
    assert erase_child_again.erased_at is not None
    assert erase_child_again.number == 1
