"""The official name of an activity: which of the quoted phrases names it, if any does."""

import re

from bala.concept.wording import fold, quoted, tidy

# What these words name is not the activity: a chat, an institution, a club.
_INSTITUTIONS = re.compile(
    r"(?:чат|канал|бот|сайт|портал|платформ|приложени|групп|страниц|хештег|хэштег|газет|журнал"
    r"|телеканал|радио|агентств|центр|школ|гимнази|лице|колледж|институт|университет|академи"
    r"|лагер|дворц|дворец|стадион|арен|библиотек|музе|театр|парк|кинотеатр|гостиниц|отел"
    r"|комплекс|фонд|ассоциаци|объединени|союз|федераци|общество|предприят|компани|парти"
    r"|организаци|дом|ансамбл|хор|коллектив|оркестр|студи|клуб|бассейн|аквапарк|зоопарк"
    r"|площад|улиц|сквер)[а-яәғқңөұүһі]*$"
)
# Nor papers, books and films.
_WORKS = re.compile(
    r"(?:закон|кодекс|указ|приказ|послани|стать|конвенци|книг|роман|фильм|мультфильм|повест|сказк"
    r"|орден|медал)[а-яәғқңөұүһі]*$"
)
_KAZAKH_THINGS = re.compile(
    r"(?:орталы|мектеп|мектеб|кітапхана|мұражай|театр|саяба|қор[ыда]|қоғам|парти|заң|кодекс|кітаб"
    r"|сарай|стадион|газет|журнал|телеарна|чат|сайт|портал|лагер|колледж|лице|гимнази|кешен"
    r"|республикалық орталы|телеграм|қосымша|фильм|топ[ыт])"
)
_ACRONYM = re.compile(r"^[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]{2,6}$")
_EVENTS = re.compile(
    # "видеоконкурс", "фотовыставка", "бейнебайқау"
    r"(?:видео|фото|кино|арт|эко|авто|вело|медиа|интернет|радио|теле|бейне)?"
    r"(?:конкурс|акци|кампани|инициатив|встреч|марафон|фестивал|проект|челлендж|эстафет|форум|"
    r"концерт|выставк|олимпиад|турнир|викторин|флешмоб|флэшмоб|декад|месячник|недел|урок|лекци|"
    r"вебинар|семинар|тренинг|беседа|беседы|час(?:а|ов|ы)?$|диспут|дебат|круглый стол|круглого"
    r"|программ"
    r"|праздник|ярмарк|игр|квест|спартакиад|эстафет|соревновани|состязани|конференци|слет|парад"
    r"|спектакл|показ|кинопоказ|чтени|забег|велопробег|экскурси|тем[аеуы]$|девиз|операци|рейд"
    r"|слушани|лектори|опрос|сауалнама|мастер-класс|шоу|премия|премии|церемони|роликов|ролик|рубрик|эссе|сочинени|рисунк"
    r"|байқау|акцияс|науқан|бастама|кездесу|марафон|фестивал|жоба|челлендж|эстафета|форум|көрме"
    r"|сайыс|жарыс|турнир|викторина|апталы|айлы|онкүндіг|сабақ|сағат|дәріс|пікірталас|мереке"
    r"|жәрмеңке|ойын|тақырып|бағдарлама|концерт|олимпиада|конкурс|кеш)"
)


def official_name(text: str, *, campaign: str = "") -> str | None:
    """Give the official name an activity has in quotes, without them; None where it has none.

    A leading quoted phrase is the name. Elsewhere a quoted phrase is the name where a word for
    an event goes before it (or, in Kazakh, after it), and no word for a thing stands at it.
    The campaign's own name is never the name of one of its activities.
    """
    for start, end, inner in quoted(text):
        before, after = tidy(text[:start]), tidy(text[end:])
        if fold(inner) == fold(campaign) or not re.search(r"[^\W\d_]{2}", inner):
            continue
        if _is_thing(before, after):
            continue
        if not before.strip("-–— "):
            return inner
        clause = re.split(r"[.!?]\s|\s\||;", fold(before))[-1]
        words = clause.split()
        following = fold(after).split()[:3]
        if any(_EVENTS.match(_stem(word)) for word in words):
            return inner
        if any(_EVENTS.match(_stem(word)) for word in following):
            return inner
    return None


def _stem(word: str) -> str:
    word = word.strip('(),.:;«»"')
    # "видео-конкурса", "онлайн-марафон": what counts is the last part.
    return word.rsplit("-", maxsplit=1)[-1] if "-" in word and "мастер" not in word else word


def is_institution(before: str, after: str) -> bool:
    """Say whether what stands around a quoted phrase makes it the name of an institution."""
    last = before.rsplit(maxsplit=1)[-1].strip("(,:") if before else ""
    # In a line that is all capitals a short word is no acronym.
    acronym = _ACRONYM.match(last) and not (before.isupper() and " " in before)
    if last and (acronym or _INSTITUTIONS.match(_stem(fold(last)))):
        return True
    first = after.split(maxsplit=1)[0].strip("),.:;") if after else ""
    return bool(first) and bool(_KAZAKH_THINGS.match(_stem(fold(first))))


def _is_thing(before: str, after: str) -> bool:
    last = before.rsplit(maxsplit=1)[-1].strip("(,:") if before else ""
    return is_institution(before, after) or bool(_WORKS.match(_stem(fold(last))))
