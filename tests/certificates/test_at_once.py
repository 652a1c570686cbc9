"""Many processes issue at once: no gap, no number twice, nobody twice."""

import pytest

from bala.certificates.actions import Award, Occasion, Recipient, issue_many, revoke
from bala.certificates.models import Certificate, Design, Series
from bala.kernel.errors import PersonError
from tests.certificates.factories import make_certificate, make_design
from tests.programme.races import race

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 20
EACH = 20
LETTERS = "абвгдежзиклмнопрстуф"


def test_four_hundred_certificates_from_twenty_processes_have_the_numbers_from_one() -> None:
    design_id = make_design().pk

    def work(number: int) -> str:
        design = Design.objects.get(pk=design_id)
        for turn in range(EACH):
            name = f"{LETTERS[number].upper()}{LETTERS[turn]}"
            issued = issue_many(
                by=None, design=design, occasion=Occasion(ru="Эстафета"),
                awards=[Award(Recipient.named(name))],
            )  # fmt: skip
            assert len(issued.made) == 1
        return "done"

    assert race(work, times=PROCESSES) == ["done"] * PROCESSES
    numbers = sorted(Certificate.objects.order_by().values_list("number", flat=True))
    assert numbers == list(range(1, PROCESSES * EACH + 1))
    assert Series.objects.get().last_number == PROCESSES * EACH


def test_the_same_list_from_ten_processes_is_issued_once() -> None:
    design_id = make_design().pk

    def work(number: int) -> str:
        issued = issue_many(
            by=None,
            design=Design.objects.get(pk=design_id),
            occasion=Occasion(ru="Эстафета"),
            awards=[Award(Recipient.named(name)) for name in ("Әлия", "Ержан", "Қуаныш")],
        )
        return f"{len(issued.made)}"

    said = race(work, times=10)
    assert sorted(said) == ["0"] * 9 + ["3"]
    assert sorted(Certificate.objects.order_by().values_list("number", flat=True)) == [1, 2, 3]


def test_of_ten_who_revoke_one_is_written() -> None:
    one_id = make_certificate().pk

    def work(number: int) -> str:
        try:
            revoke(
                by=None, certificate=Certificate.objects.get(pk=one_id), reason=f"Причина {number}"
            )
        except PersonError as error:
            return type(error).__name__
        return f"Причина {number}"

    said = race(work, times=10)
    assert said.count("AlreadyRevoked") == 9
    assert Certificate.objects.get(pk=one_id).revoked_why in said
