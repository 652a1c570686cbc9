"""Further documents of the genre, as they come by post: stamps, merged cells, numbers made by Word,
running heads, footnotes, two languages side by side."""

import io
import itertools
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.concept.documents import _escape, _save, _typst, rezip

STAMP_KK = """БЕКІТЕМІН
Қазақстан Республикасы
Оқу-ағарту вице-министрі
_________ А. Асанов
2022 ж. «__» сәуір"""
STAMP_RU = """УТВЕРЖДАЮ
Вице-министр просвещения
Республики Казахстан
_________ А. Асанов
«__» апреля 2022 г."""


def _numbering(document: Document, *levels: tuple[str, str]) -> str:
    """Define a list of Word's own: (format, text) for each level; return the list's id."""
    numbering = document.part.numbering_part.element
    taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.iter(qn("w:abstractNum"))]
    key = str(max(taken, default=0) + 1)
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (kind, text) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{made}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    number = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="9{key}"><w:abstractNumId w:val="{key}"/></w:num>'
    )
    numbering.append(number)
    return f"9{key}"


def _listed(document: Document, text: str, list_id: str, level: int = 0) -> Any:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        )
    )
    return paragraph


def _stamps(document: Document) -> None:
    """Two stamps side by side, in a table without lines, as ministries set them."""
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = STAMP_KK, STAMP_RU
    document.add_paragraph("")


def numbered_by_word() -> bytes:
    """Blocks are "Направление 1." and activities "1)", and both are counted by Word itself."""
    document = docx.Document()
    _stamps(document)
    document.add_paragraph("КОНЦЕПЦИЯ")
    document.add_paragraph("проведения республиканского проекта «Дети и город»")
    document.add_paragraph("Цель: сделать города удобными для детей.")
    document.add_paragraph("Сроки проведения: 10 мая – 30 июня 2022 года.")
    document.add_paragraph("Место проведения: города республиканского значения")
    document.add_paragraph("Участники: школьники 10–16 лет, архитекторы, акиматы.")
    heads = _numbering(document, ("decimal", "Направление %1."))
    for title, lines in (
        ("«Мой двор»", ["конкурс макетов;", "обход дворов с родителями."]),
        (
            "«Мой парк»",
            ["посадка деревьев;", "фотовыставка «Зелёный взгляд», до 20 июня;", "пикник."],
        ),
    ):
        _listed(document, title, heads)
        document.add_paragraph("Цель: услышать детей.")
        document.add_paragraph("Мероприятия:")
        items = _numbering(document, ("decimal", "%1)"))
        for line in lines:
            _listed(document, line, items)
    return _save(document)


def outline_by_word() -> bytes:
    """One outline of Word counts all: "1." heads, "1.1." activities; general parts among them."""
    document = docx.Document()
    document.add_paragraph("«Балалар үні» облыстық жобасының ТҰЖЫРЫМДАМАСЫ")
    outline = _numbering(document, ("decimal", "%1."), ("decimal", "%1.%2."))
    _listed(document, "Мақсаты мен міндеттері", outline)
    document.add_paragraph("Балалардың пікірін ескеру.")
    _listed(document, "Өткізу мерзімі мен орны", outline)
    document.add_paragraph("2023 жылғы 3 сәуір – 28 сәуір, Жамбыл облысы")
    _listed(document, "Мектептегі үн", outline)
    _listed(document, "мектеп парламенттерінің кездесуі;", outline, 1)
    _listed(document, "«Біз не ойлаймыз?» сауалнамасы.", outline, 1)
    _listed(document, "Қаладағы үн", outline)
    _listed(document, "әкімдік отырысына қатысу;", outline, 1)
    _listed(document, "ашық алаңдағы пікірталас, сәуір айының 17-28 аралығында;", outline, 1)
    _listed(document, "балалар ұсыныстарының көрмесі.", outline, 1)
    return _save(document)


KAZAKH_DIRECTIONS = """«Мейірімді қала» қалалық акциясын өткізу тұжырымдамасы

Мақсаты: қала тұрғындарының балаларға қамқорлығын арттыру.
Өткізу мерзімі: 2024 жылғы 1 маусымнан 31 тамызға дейін
Өткізу орны: Шымкент қаласы
Қатысушылар: 6-17 жастағы балалар, еріктілер

1-бағыт. «Қауіпсіз аула»
Мақсаты: ойын алаңдарын қауіпсіз ету.
Іс-шаралар:
1) ойын алаңдарын тексеру, маусым айының 5-15 аралығында;
2) аула спартакиадасы;
2-бағыт. «Кітапты жаз»
Мақсаты: оқуға баулу.
Іс-шаралар:
1) «Жазғы кітапхана» онлайн-марафоны, 20 шілдеге дейін;
2) жазушылармен кездесу;
3) мәнерлеп оқу байқауы, тұрақты негізде.
3-бағыт. «Жылы жүрек»
Мақсаты: мұқтаж отбасыларға көмек.
Іс-шаралар:
1) қайырымдылық жәрмеңкесі. Жиналған қаржы «Қамқор» қорына беріледі.

Орындаған: Б. Сұлтанов, тел.: 00-00-00
"""

TWO_SENTENCES = """Приложение 2
к приказу Министра
от 4 мая 2022 года № 198

К О Н Ц Е П Ц И Я
проведения республиканской акции «Право на детство»

Введение
Ежегодно 1 июня отмечается Международный день защиты детей.

Цель и задачи акции: объединить усилия общества для защиты прав детей¹.
Сроки и место проведения: с 20 мая по 20 июня 2022 года, все регионы республики.
Состав участников: дети до 18 лет, родители, НПО.

БЛОК I. «СЕМЬЯ»
Цель: укрепить институт семьи.
Мероприятия:
- республиканский видеоконкурс «О чём мечтают дети» среди блогеров 10–17 лет. Финал конкурса \
состоится 1 июня, победители получат призы;
- инициатива «Балаға мейірімді өлке» (мой добрый край). Дети отметят на карте самые добрые \
места: скверы, парки, улицы;
- встречи с опекунами.

БЛОК II. «ПРАВО»
Цель: правовая защита.
Мероприятия:
- бесплатные консультации юристов (адвокаты, нотариусы, НПО) – на постоянной основе;
- распространение информации о телефонах доверия 111 и 150.

¹ Закон Республики Казахстан от 8 августа 2002 года № 345 «О правах ребёнка».

Согласовано:
Председатель Комитета ____________ Н. Саин
"""

RUNNING = """КОНЦЕПЦИЯ
областной акции «Дорога в школу»

Цель: подготовить детей к учебному году и помочь семьям, которым трудно собрать ребёнка в школу.
Сроки: 1 августа – 30 сентября 2022 года.
Место проведения: Акмолинская область.
Участники: школьники, родители, меценаты.

Направление 1. Забота
Цель: чтобы ни один ребёнок не остался без портфеля.
Мероприятия:
1) благотворительная ярмарка в каждом районном центре с участием \
предпринимателей и ветеранов педагогического труда;
2) вручение школьных наборов детям из малообеспеченных семей, до 25 августа;
3) адресное посещение семей социальными педагогами.

Направление 2. Безопасность
Цель: безопасная дорога от дома до школы.
Мероприятия:
1) рейды «Внимание, дети!» совместно с полицией, 28 августа – 10 сентября;
2) составление схем безопасных маршрутов вместе с первоклассниками и их родителями;
3) онлайн-урок по правилам дорожного движения.
"""

ORDER_KAZAKH = """БҰЙРЫҚ
2023 жылғы 11 мамыр № 87
Қызылорда қаласы

Балаларды қорғау күнін өткізу туралы

Халықаралық балаларды қорғау күніне орай БҰЙЫРАМЫН:
1. Қоса беріліп отырған іс-шаралар жоспары бекітілсін.
2. Бұйрықтың орындалуын бақылау басшының орынбасарына жүктелсін.
Басшы            С. Әлиев

№ 87 бұйрыққа қосымша

Балаларды қорғау күнін өткізу жөніндегі іс-шаралар
ЖОСПАРЫ"""

ORDER_KAZAKH_ROWS: tuple[tuple[str, ...], ...] = (
    ("Р/с №", "Іс-шараның атауы", "Өткізілетін мерзімі мен орны", "Жауапты"),
    ("1", "«Бақытты балалық шақ» мерекелік концерті", "1 маусым, орталық алаң", "Мәдениет бөлімі"),
    ("2", "Асфальтқа сурет салу байқауы", "2023 жылғы 1 маусым", "Мектептер"),
    ("3", "Заңгерлердің тегін кеңесі", "тұрақты негізде", "«Әділдік» ҚБ"),
    ("4", "Балаларды мұражайға тегін апару", "маусым айының 5-9 аралығында", "Мұражай"),
)

NO_NUMBERS: tuple[tuple[str, ...], ...] = (
    (
        "Наименование мероприятия",
        "Срок исполнения",
        "Форма завершения",
        "Ответственные исполнители",
    ),
    ("Мониторинг бассейнов", "II квартал", "Акт", "ДЧС"),
    ("Консультации психологов", "на постоянной основе", "Информация", "Центр «Доверие»"),
    ("Конкурс «Юный пожарный»", "до 20 октября", "Протокол", "ДЧС, УО"),
    ("Спартакиада дворовых команд", "17–28 июля", "Фотоотчёт", "УФКС"),
    ("Вебинары для родителей", "ежемесячно", "Ссылка", "УО"),
    ("Месячник «Безопасная вода»", "июнь – август", "Отчёт", "ДЧС"),
    ("Круглый стол с омбудсменом", "3 декада июня", "Рекомендации", "НПО"),
)

BILINGUAL: tuple[tuple[str, ...], ...] = (
    ("№", "Іс-шара / Мероприятие", "Мерзімі / Срок", "Жауаптылар / Ответственные"),
    ("1", "Ертегі кеші / Вечер сказок", "1 маусым / 1 июня", "Кітапхана / Библиотека"),
    ("2", "Велошеру / Велопробег", "5 маусым / 5 июня", "Мектептер / Школы"),
)

TWO_HEADS: tuple[tuple[str, ...], ...] = (
    ("№", "Мероприятие", "Сроки", "Сроки", "Ответственные"),
    ("№", "Мероприятие", "начало", "окончание", "Ответственные"),
    ("1", "Летняя школа волонтёров", "01.06.2022", "10.06.2022", "Центр молодёжи"),
    ("2", "Конкурс плакатов", "05.06.2022", "20.06.2022", "Школы"),
)

REPORT_TABLE: tuple[tuple[str, ...], ...] = (
    ("№", "Проведённое мероприятие", "Дата проведения", "Охвачено детей", "Ссылка"),
    ("1", "Проведён концерт ко Дню защиты детей", "1 июня", "120", "https://example.kz/1"),
    ("2", "Организована встреча с инспектором", "3 июня", "45", "https://example.kz/2"),
    ("3", "Прошли весёлые старты", "5 июня", "60", "https://example.kz/3"),
)

FORM_ROWS: tuple[tuple[str, ...], ...] = (
    ("ФИО участника", ""),
    ("Дата рождения", ""),
    ("Школа, класс", ""),
    ("Телефон родителя", ""),
    ("Название работы", ""),
)

LETTER_WITH_CONCEPT = """Управлениям образования областей,
городов республиканского значения

В целях подготовки к Международному дню защиты детей Министерство направляет Концепцию \
проведения республиканской декады и просит до 15 мая 2022 года представить региональные планы.
Приложение: на 2 л.

Вице-министр            Ш. Каринова

Приложение

КОНЦЕПЦИЯ
проведения республиканской декады «Лето – это маленькая жизнь»

Цель: наполнить лето ребёнка.
Период проведения: 1-10 июня 2022 года
Место: все регионы
Участники: дети, родители

Блок 1 «Движение»
Цель: здоровье
Мероприятия:
– велопробег;
– дворовый футбол.
Блок 2 «Творчество»
Цель: талант
Мероприятия:
– рисунок на асфальте;
– концерт во дворе;
– мастер-класс.
"""

THROUGH_NUMBERED = """План-концепция городского фестиваля «Парад открытий»
Сроки: 2–12 апреля 2023 г.
Место: г. Павлодар
Участники: учащиеся 5–11 классов

НАПРАВЛЕНИЕ «НАУКА»
Цель: интерес к науке
Мероприятия:
1. Научный пикник
2. Лекторий «Космос рядом»
3. Турнир робототехников (10–12 апреля)

НАПРАВЛЕНИЕ «ИСКУССТВО»
Цель: интерес к искусству
Мероприятия:
4. Ночь в музее
5. Конкурс эскизов

НАПРАВЛЕНИЕ «СПОРТ»
Цель: интерес к спорту
Мероприятия:
6. Легкоатлетический забег «Открытие»
7. Шахматный турнир
"""


def word_table(
    title: str,
    rows: Sequence[Sequence[str]],
    *,
    stamps: bool = False,
    merge: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
    after: str = "",
) -> bytes:
    """A plan as a Word table; `merge` names pairs of (row, column) whose cells become one."""
    document = docx.Document()
    if stamps:
        _stamps(document)
    for line in title.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for (top, left), (bottom, right) in merge:
        kept = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = kept
    for line in after.split("\n"):
        document.add_paragraph(line)
    return _save(document)


MERGED_ROWS: tuple[tuple[str, ...], ...] = (
    ("Направление", "Мероприятия", "Срок", "Ответственные"),
    ("«Семья»", "Семейная эстафета", "20–25 мая 2022 г.", "УФКС"),
    ("", "Форум отцов", "", "УО"),
    ("", "Конкурс «Моя родословная»", "до 10 июня", "Архив"),
    ("«Дорога»", "Рейды у школ", "1 июня", "Полиция"),
    ("", "Квест «Светофор»", "2 июня", "Школы"),
)


def merged_directions() -> bytes:
    """The first column names the block and is one cell for all rows of it; two rows share dates."""
    return word_table(
        "ПЛАН\nмероприятий областной акции «Семь шагов» на 2022 год",
        MERGED_ROWS,
        stamps=True,
        merge=[((1, 0), (3, 0)), ((4, 0), (5, 0)), ((1, 2), (2, 2))],
        after="Исп. А. Ким",
    )


def with_footnotes() -> bytes:
    """A Word concept whose text has footnotes of Word's own."""
    document = docx.Document()
    for line in (
        "КОНЦЕПЦИЯ месячника «Чистый воздух»",
        "Сроки: с 1 по 30 апреля 2023 года",
        "Место проведения: города области",
        "Участники: школьники",
        "I. Знать",
        "Цель: знать, чем дышим.",
        "Мероприятия:",
        "- уроки экологии;",
        "- измерение воздуха у школ.",
        "II. Действовать",
        "Цель: меньше дыма.",
        "Мероприятия:",
        "- посадка деревьев;",
        "- день без автомобиля, 22 апреля.",
    ):
        document.add_paragraph(line)
    for paragraph in (document.paragraphs[5], document.paragraphs[7]):
        run = paragraph.add_run()
        note = OxmlElement("w:footnoteReference")
        note.set(qn("w:id"), "2")
        run._r.append(note)
    footnotes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>Блок 7. Экологический '
        "кодекс, статья 1.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    return rezip(_save(document), {"word/footnotes.xml": footnotes.encode()})


def pdf_with_running_heads(text: str = RUNNING) -> bytes:
    """A PDF with a running head, a page number "стр. 2 из 3" and a line under the text."""
    paragraphs = "\n\n".join(_escape(line) for line in text.split("\n") if line.strip())
    return _typst(
        "#set page(width: 14cm, height: 12cm, margin: 1.6cm, "
        "header: [#text(size: 8pt)[Концепция областной акции «Дорога в школу» · 2022]], "
        "footer: context [#text(size: 8pt)[стр. #counter(page).display() из 3]])\n"
        '#set text(lang: "ru", size: 11pt)\n#set par(spacing: 0.65em)\n' + paragraphs
    )


def pdf_with_footnotes() -> bytes:
    """A PDF whose pages have footnotes below a rule."""
    notes = itertools.count(1)
    parts = []
    for line in RUNNING.split("\n"):
        if not line.strip():
            continue
        extra = (
            f" #footnote[Сноска {next(notes)}: постановление акимата области.]"
            if line.startswith("Цель")
            else ""
        )
        parts.append(_escape(line) + extra)
    return _typst(
        '#set page(width: 14cm, height: 14cm, margin: 1.6cm, numbering: "— 1 —")\n'
        '#set text(lang: "ru", size: 11pt)\n#set par(spacing: 0.65em)\n' + "\n\n".join(parts)
    )


def in_code_page(text: str, encoding: str) -> bytes:
    """A text as an old office saves it."""
    return text.replace("\n", "\r\n").encode(encoding)


def nothing_in_word() -> bytes:
    """A Word document without a word."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()
