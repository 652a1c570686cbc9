"""What the room keeps on a child or an account."""

from collections.abc import Iterator

from bala.notify.models import Address, Message, Preference
from bala.notify.queries.kinds import NoSuchKind, kind_of
from bala.notify.queries.words import words_of
from bala.people.models import Account, Child
from bala.people.queries.personal_data import Row, Subject


def letters_of(subject: Subject) -> Iterator[Row]:
    """Return the letters to the account; for a child, those that came in its place or are about it."""
    if isinstance(subject, Account):
        letters = list(
            Message.objects.filter(account=subject)
            .select_related("account")
            .order_by("written_at", "pk")
        )
    else:
        letters = letters_about(subject)
    for message in letters:
        try:
            words = words_of(message)
            kind, subject_line, text = kind_of(message.kind).label, words.subject, words.text
        except NoSuchKind:  # its room is gone
            kind, subject_line, text = message.kind, "", ""
        yield {
            "kind": kind,
            "subject": subject_line,
            "text": text,
            "written_at": message.written_at,
            "sent_at": message.sent_at,
            "way": str(message.get_way_display()),
        }


def addresses_of(subject: Subject) -> Iterator[Row]:
    """Return the Telegram chat and telephone of the account."""
    if isinstance(subject, Account):
        for address in Address.objects.filter(account=subject).order_by("pk"):
            yield {
                "way": str(address.get_way_display()),
                "address": address.value,
                "confirmed_at": address.confirmed_at,
            }


def choices_of(subject: Subject) -> Iterator[Row]:
    """Return which letters the account wants how."""
    if isinstance(subject, Account):
        for choice in Preference.objects.filter(account=subject).order_by("kind"):
            try:
                kind = kind_of(choice.kind).label
            except NoSuchKind:  # its room is gone
                kind = choice.kind
            way, chosen_at = str(choice.get_way_display()), choice.chosen_at
            yield {"kind": kind, "way": way, "chosen_at": chosen_at}


def letters_about(child: Child) -> list[Message]:
    """Return the letters that came in the child's place, and those that name it, oldest first.

    What a letter is made of is encrypted, so those to the child's guardians are read one by one:
    each says in `child_id` whom it is about.
    """
    guardians = child.guardianships.exclude(account=None).order_by().values("account")
    mine = Message.objects.filter(account__in=guardians) | Message.objects.filter(child=child)
    return [
        message
        for message in mine.select_related("account").distinct().order_by("written_at", "pk")
        if message.child_id == child.pk or message.given.get("child_id") == child.public_id
    ]
