"""Documents and drafts for the tests of bringing a concept in."""

from typing import Any

from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.actions.concept import import_concept, publish_concept
from bala.programme.models import Campaign, ConceptDocument
from tests.people.factories import make_person

TEXT = """КОНЦЕПЦИЯ
республиканской акции «Қуанышты күн», посвященной Международному дню защиты детей

Цель акции: обратить внимание взрослых на права детей.
Место и время проведения: регионы республики, с 20 мая по 20 июня 2021 года.
Участники: дети, родители, педагоги.

Блок 1. «Семья»
Цель: укрепление семьи.
Мероприятия:
семейные спортивные эстафеты;
концертные программы семейных коллективов в офлайн/онлайн формате;
встречи с приёмными семьями.

Блок 2. «Творчество»
Цель: раскрыть способности детей.
Мероприятия:
республиканский конкурс видеоблогеров 10-17 лет «Моя мечта» (финал 1 июня 2021 года);
онлайн посещение национально-культурных центров.
"""

SECOND_TEXT = (
    TEXT.replace(
        "концертные программы семейных коллективов в офлайн/онлайн формате;",
        "концертные программы и выступления семейных коллективов в офлайн/онлайн формате;",
    )
    .replace(
        "семейные спортивные эстафеты;\n",
        "благотворительные акции для детей;\nсемейные спортивные эстафеты;\n",
    )
    .replace(
        "республиканский конкурс видеоблогеров 10-17 лет «Моя мечта» (финал 1 июня 2021 года);\n",
        "",
    )
)


def national_coordinator(email: str = "") -> Account:
    """Make a coordinator of every campaign."""
    return make_person(Role.COORDINATOR, email)


def make_document(account: Account | None = None, text: str = TEXT, **more: Any) -> ConceptDocument:
    """Bring a small concept in: two blocks of three and two activities."""
    return import_concept(account=account, filename="concept.txt", data=text.encode(), **more)


def make_published(account: Account | None = None, **more: Any) -> Campaign:
    """Publish the small concept."""
    return publish_concept(account=account, document=make_document(account), **more)
