"""What holds of families in the database itself, and what others may read of a child."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from bala.people.enums import ConsentPurpose, GuardianshipKind
from bala.people.models import Child, Consent, ConsentWithdrawal, Guardianship
from bala.people.queries.consents import consented, missing
from bala.people.queries.families import age_band, age_on, children_of, public_author
from tests.people.factories import make_account, make_child, make_consents

pytestmark = pytest.mark.django_db


def test_a_child_is_seen_by_its_own_guardian_alone() -> None:
    guardian, stranger = make_account(), make_account()
    child = make_child(guardian)
    assert list(children_of(guardian)) == [child]
    assert list(children_of(stranger)) == []


def test_what_helps_a_child_is_not_readable_in_the_database() -> None:
    child = make_child(make_account(), needs="жест тілі")
    with connection.cursor() as cursor:
        cursor.execute("SELECT needs FROM people_child WHERE id = %s", [child.pk])
        (stored,) = cursor.fetchone()
    assert "жест" not in stored
    assert Child.objects.get(pk=child.pk).needs == "жест тілі"


def test_a_guardian_represents_a_child_once_at_a_time() -> None:
    guardian = make_account()
    child = make_child(guardian)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.create(child=child, account=guardian, kind=GuardianshipKind.TRUSTEE)


def test_a_consent_is_never_changed_or_deleted() -> None:
    (consent,) = make_consents(make_child(make_account()), ConsentPurpose.PHOTO)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(purpose=ConsentPurpose.CONTEST)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).delete()


def test_a_withdrawn_consent_no_longer_counts() -> None:
    child = make_child(make_account())
    photo, _publication = make_consents(child, ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION)
    both = consented("child", ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION)
    assert Guardianship.objects.filter(both).exists()
    ConsentWithdrawal.objects.create(consent=photo, method="link")
    assert not Guardianship.objects.filter(both).exists()
    assert missing(child, [ConsentPurpose.PHOTO, ConsentPurpose.PUBLICATION]) == ["photo"]


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2011, 5, 28), date(2021, 5, 28), 10),
        (date(2011, 5, 29), date(2021, 5, 28), 9),
        (date(2012, 2, 29), date(2021, 2, 28), 8),
        (date(2012, 2, 29), date(2021, 3, 1), 9),
    ],
)
def test_age_counts_whole_years(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


def test_the_public_reads_a_first_name_an_age_band_and_a_region() -> None:
    child = make_child(make_account(), born_on=date(2011, 5, 29))
    author = public_author(child, date(2021, 5, 28))
    assert (author.name, author.age_band) == ("Әлия", "7–9")
    child.pseudonym = "Тұлпар"
    assert public_author(child, date(2021, 5, 28)).name == "Тұлпар"
    assert age_band(date(2000, 1, 1), date(2021, 5, 28)) == "18+"
