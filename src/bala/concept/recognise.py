"""Which genre a document is of, by its title and, where that is silent, by its verbs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bala.concept.enums import DocumentKind
from bala.concept.errors import FormGiven, LetterGiven, NotAConcept, ReportGiven
from bala.concept.headings import any_word_heading
from bala.concept.items import is_signature
from bala.concept.labels import find_label
from bala.concept.sources.neutral import Element, Paragraph, Table
from bala.concept.wording import fold, tidy

# A title begins with its genre in Russian and ends with it in Kazakh.
_TAIL = r"[^\w]*(?:\(.*\)|\d{4}.*)?[^\w]*$"
_GENRES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "report",
        re.compile(
            r"^(?:[\w-]+ )?(?:отчет(?!но)\w*|информация|справка|итоги|аналитическая|сведения"
            r"|пресс-релиз"
            r"|мониторинг)(?!\w)|(?<!\w)(?:есеп|есебі|ақпарат|ақпараты|анықтама"
            r"|анықтамасы)" + _TAIL
        ),
    ),
    (
        "form",
        re.compile(
            r"^(?:форма )?(?:заявка|анкета|заявление|согласие|опросн\w+"
            r"|регистрационн\w+ (?:форма|карта)"
            r"|бланк|резюме|доверенность)(?!\w)|(?<!\w)(?:өтінім|өтінімі|өтініш|өтініші|сауалнама"
            r"|сауалнамасы|келісім|келісімі|анкета|анкетасы)" + _TAIL
        ),
    ),
    (
        "letter",
        re.compile(
            r"^(?:протокол|договор|соглашение|меморандум|устав|счет|акт(?!\w)|служебная|докладная"
            r"|объяснительная|расписание|меню|характеристика|рецензия)(?!\w)"
            r"|(?<!\w)(?:хаттама|хаттамасы|шарт|шарты|меморандум|жарғы|жарғысы)" + _TAIL
        ),
    ),
    (
        "rules",
        re.compile(
            r"^(?:положение|правила|регламент|условия)(?!\w)"
            r"|(?<!\w)(?:ережесі|ереже|қағидалары|қағидасы|шарттары|регламенті)" + _TAIL
        ),
    ),
    (
        "plan",
        re.compile(
            r"^(?:[\w-]+[ыио]й ){0,2}план(?!\w)|^(?:дорожная карта|календарный|медиаплан"
            r"|медиа-план"
            r"|перечень мероприятий|график)(?!\w)"
            r"|(?<!\w)(?:жоспары|жоспар|жол картасы|кестесі)" + _TAIL
        ),
    ),
    (
        "concept",
        re.compile(
            r"^(?:концепция|программа|сценарный план|проект концепции)(?!\w)"
            r"|(?<!\w)(?:тұжырымдамасы|тұжырымдама|бағдарламасы|бағдарлама)" + _TAIL
        ),
    ),
)
_ENCLOSING = re.compile(r"^(?:приказ|распоряжение|постановление|письмо|бұйрық)(?!\w)|бұйрығы?$")
_DONE = re.compile(
    r"(?<!\w)(?:был[аио]? (?:\w+ )?(?:проведен|организован|охвачен|вручен|показан|награжден)\w*"
    r"|проведен[аоы]?(?!\w)|прошл[аио](?!\w)|состоял(?:ся|ась|ось|ись)|принял[аи]? участие"
    r"|охвачено"
    r"|организован[аоы](?!\w)|посетил[аи]?(?!\w)|провел[аи]?(?!\w)|получили|награждены|вручены"
    r"|өткізілді|ұйымдастырылды|қатысты(?!\w)|қамтылды|өтті(?!\w)|марапатталды|тапсырылды)"
)
_BLANKS = re.compile(r"_{4,}|\.{8,}|…{3,}")
_FIELDS = re.compile(
    r"^(?:фио|ф\.\s?и\.\s?о|фамилия|имя(?!\w)|дата рождения|телефон|контактн"
    r"|электронн\w+ (?:адрес|почта)"
    r"|e-?mail|место учебы|класс(?!\w)|домашний адрес|иин(?!\w)|наименование организации|ф\.и\.о"
    r"|аты-жөні|аты(?!\w)|тегі(?!\w)|туған|оқу орны|сыныбы|мекенжайы|жсн(?!\w)|жетекшісі"
    r"|руководитель)"
)
_TITLE_LOOK = 40
_MAX_TITLE_LINES = 10


@dataclass(frozen=True, slots=True)
class Genre:
    """What a document is: its kind (None where its title is silent) and its title's place."""

    kind: DocumentKind | None
    title_start: int
    title_end: int


def recognise(elements: Sequence[Element]) -> Genre:
    """Find the title and the genre. Raises NotAConcept where the title says another genre."""
    enclosing = False
    for index, element in enumerate(elements[:_TITLE_LOOK]):
        if not isinstance(element, Paragraph):
            if index > 3:
                break
            continue
        text = fold(element.text)
        name = None if element.listed else _genre_of(text)
        if any_word_heading(element.whole) or len(text) > 400:
            break
        # "Іс-шаралар жоспары" may be a label too; as the first such line it is the title.
        if find_label(element.text) and (name is None or text.endswith(":")):
            break
        if _ENCLOSING.search(text) and len(text) < 120:
            enclosing = True
        if name is None:
            continue
        start = _title_start(elements, index, name)
        end = _title_end(elements, index)
        whole = fold(" ".join(_texts(elements, start, end)))
        # The last words of a Kazakh title, or of one broken over lines, decide.
        name = _genre_of(text) if _starts_with_genre(text) else (_genre_of(whole) or name)
        if name in ("report", "form", "letter"):
            raise _refusal(str(name))
        return Genre(DocumentKind(str(name)), start, end)
    if enclosing:
        found = _later_title(elements)
        if found:
            return found
    _refuse_by_body(elements, enclosing=enclosing)
    start = _after_stamp(elements)
    return Genre(None, start, _title_end(elements, start))


def _after_stamp(elements: Sequence[Element]) -> int:
    for index, element in enumerate(elements[:10]):
        if isinstance(element, Paragraph) and not _is_stamp(element.text):
            return index
    return 0


def _refusal(name: str) -> NotAConcept:
    return {"report": ReportGiven, "form": FormGiven, "letter": LetterGiven}[name]()


def _genre_of(text: str) -> str | None:
    if len(text) > 300 or text.endswith(";"):
        return None
    for name, pattern in _GENRES:
        if pattern.search(text):
            return name
    return None


def _starts_with_genre(text: str) -> bool:
    return bool(
        re.match(
            r"(?:концепция|программа|положение|правила|(?:[\w-]+ )?(?:[\w-]+ )?план)(?!\w)", text
        )
    )


def _later_title(elements: Sequence[Element]) -> Genre | None:
    """An order carries what it approves behind it."""
    for index, element in enumerate(elements):
        if not isinstance(element, Paragraph) or len(element.text) > 200:
            continue
        name = _genre_of(fold(element.text))
        whole = not element.listed and not element.text.endswith((".", ";", ":", ","))
        if name in ("rules", "plan", "concept") and whole:
            return Genre(DocumentKind(name), index, _title_end(elements, index))
    return None


def _texts(elements: Sequence[Element], start: int, end: int) -> list[str]:
    return [item.text for item in elements[start:end] if isinstance(item, Paragraph)]


def _title_start(elements: Sequence[Element], index: int, name: str) -> int:
    """A Kazakh title ends with its genre, so that it began some lines above."""
    element = elements[index]
    if not isinstance(element, Paragraph) or _starts_with_genre(fold(element.text)):
        return index
    start = index
    while start > 0 and index - start < 6:
        above = elements[start - 1]
        if not isinstance(above, Paragraph) or _is_stamp(above.text) or len(above.text) > 300:
            break
        start -= 1
    return start if name else index


def _is_stamp(text: str) -> bool:
    folded = fold(text)
    return bool(
        re.search(
            r"утвержда|согласован|утвержден|бекіт|келісілді|приказ|бұйры|министр|приложение"
            r"|қосымша"
            r"|директор|руководител|басшы|«?__|от\s+«?\d|заместител|орынбасар"
            r"|төраға|^\W*(?:_*|\d{1,2})\W*\s\w+\s+20\d\d|^20\d\d\s*жылғы\s*\W?[_\d]",
            folded,
        )
    ) or is_signature(text)


def _title_end(elements: Sequence[Element], index: int) -> int:
    end = index + 1
    while end < len(elements) and end - index < _MAX_TITLE_LINES:
        element = elements[end]
        if not isinstance(element, Paragraph) or element.listed:
            break
        text = tidy(element.text)
        if find_label(text) or any_word_heading(text) or len(text) > 200:
            break
        following = elements[end + 1] if end + 1 < len(elements) else None
        if isinstance(following, Paragraph) and _is_over_list(text, following):
            break
        if text.endswith((".", ";", ":")) and not re.search(r"(?:г|ж|гг)\.\)?$", text):
            break
        end += 1
    return end


def _is_over_list(text: str, following: Paragraph) -> bool:
    """Whether a short line heads the list under it and is no more of the title."""
    listed = following.listed and find_label(following.text) is None
    return listed and not re.search(r"[\d«»\"“]", text)


def _refuse_by_body(elements: Sequence[Element], *, enclosing: bool) -> None:
    """A document with a silent title may still be a report or a form to fill."""
    texts = [fold(item.text) for item in elements if isinstance(item, Paragraph)]
    cells = [
        fold(cell)
        for item in elements
        if isinstance(item, Table)
        for row in item.rows
        for cell in row.cells[:2]
    ]
    fields = sum(1 for text in [*texts, *cells] if _FIELDS.search(text) and len(text) < 120)
    blanks = sum(1 for text in texts if _BLANKS.search(text))
    if fields >= 3 or (blanks >= 4 and fields):
        raise FormGiven
    done = sum(len(_DONE.findall(text)) for text in [*texts, *cells])
    words = sum(len(text.split()) for text in [*texts, *cells])
    if done >= 3 and done > words / 150:
        raise ReportGiven
    if enclosing and not any(any_word_heading(text) for text in texts):
        raise LetterGiven
