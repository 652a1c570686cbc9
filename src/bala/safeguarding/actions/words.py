"""Keeping the lists of words that the screening looks for."""

from django.db import transaction
from django.utils.translation import gettext as _

from bala.kernel.errors import PersonError
from bala.people.models import Account
from bala.safeguarding.enums import WordKind
from bala.safeguarding.models import ScreeningWord
from bala.safeguarding.queries.words import packaged_words


class WordListed(PersonError):
    """The word stands in the list already."""


@transaction.atomic
def add_word(*, by: Account, kind: WordKind, language: str, words: str) -> ScreeningWord:
    """Look for one more word or phrase from now on; raises WordListed."""
    if any(word.kind == kind and word.words == words for word in packaged_words()):
        raise WordListed(_("This is in the list already."))
    row, made = ScreeningWord.objects.get_or_create(
        kind=kind, words=words, defaults={"language": language, "added_by": by}
    )
    if not made:
        raise WordListed(_("This is in the list already."))
    return row


@transaction.atomic
def switch_word(*, by: Account, kind: WordKind, words: str, off: bool) -> None:
    """Look for a word no longer, or again; a word of nobody's list changes nothing."""
    own = ScreeningWord.objects.filter(kind=kind, words=words)
    packaged = {(w.kind, w.words): w for w in packaged_words()}.get((kind, words))
    if packaged is None:
        own.update(is_off=off)
    elif off:
        ScreeningWord.objects.get_or_create(
            kind=kind,
            words=words,
            defaults={"language": packaged.language, "is_off": True, "added_by": by},
        )
    else:
        own.delete()
