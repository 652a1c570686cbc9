"""The project's own concept document: the facts of the campaign of 2021, told in our words.

`python scripts/make_concept_document.py` writes it anew to src/bala/demo/data/concept-2021.ru.docx.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

PATH = Path(__file__).parents[1] / "src" / "bala" / "demo" / "data" / "concept-2021.ru.docx"

TITLE = (
    "КОНЦЕПЦИЯ",
    "республиканской акции",
    "«Бақытты бала – бақытты ел»",
    "ко Дню защиты детей",
    "(2021 год)",
)
FRONT = (
    (
        "Преамбула: ",
        (
            "каждому ребёнку нужен взрослый, который заботится о нём, и страна, которая об этом помнит. "
            "Первого июня вспоминают о детях во всём мире, и Казахстан, подписавший Конвенцию о правах "
            "ребёнка, отвечает на этот день не словами, а месяцем добрых дел."
        ),
    ),
    (
        "Цели Акции: ",
        (
            "собрать вокруг детей всех, кто может сделать их жизнь лучше, – государство, "
            "неправительственные организации, предпринимателей и журналистов; сделать права и нужды "
            "ребёнка заботой каждого акимата; научить взрослых слышать детей и беречь их."
        ),
    ),
    ("Место и время проведения Акции: ", "регионы республики, с 20 мая по 20 июня 2021 года."),
    (
        "Участники: ",
        (
            "дошкольники и школьники, студенты колледжей и вузов, родители, педагоги, деятели "
            "искусства, государственные органы, неправительственные организации и СМИ."
        ),
    ),
    (
        "Содержание и формат Акции: ",
        "восемь блоков, и в каждом – свои дела, которые проходят во всех областях и городах.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Block:
    title: str
    goal: str
    activities: tuple[str, ...]
    lead_in: str = ""


BLOCKS = (
    _Block(
        "Счастье жить в семье",
        "чтобы каждый ребёнок рос в семье, а семья получала от общества опору и хранила то, "
        "что передаётся от старших к младшим.",
        (
            (
                "вечера встреч с семьями, где растут приёмные дети: опекунами, попечителями, "
                "патронатными воспитателями"
            ),
            (
                "публикации в СМИ о том, чему могут научить других опекунские, патронатные "
                "и приёмные семьи"
            ),
            "эстафеты, в которых команда – это вся семья",
            (
                "«Дети – счастье, много детей – много счастья»: съёмка роликов о доме, где детей много "
                "и всем хорошо"
            ),
            (
                "концерты, на которых родители и дети выступают вместе, офлайн и онлайн, "
                "по санитарным правилам"
            ),
        ),
    ),
    _Block(
        "Нұрлы жол - мой путь в будущее!",
        "помочь подростку выбрать дело по душе и с открытыми глазами, вернуть уважение "
        "к труду рабочего и инженера.",
        (
            "беседы с учениками и студентами о том, как устроены заводы и стройки",
            "онлайн-интервью, в которых дети расспрашивают ветеранов труда",
            (
                "«Болашаққа жол!»: онлайн-встречи акимов областей, городов и районов с лучшими "
                "учениками – олимпиадниками, авторами научных и социальных проектов, лауреатами "
                "творческих смотров"
            ),
            "конкурс «Лучший в своей профессии», на котором студенты колледжей показывают мастерство",
        ),
        lead_in="колледжам и летним онлайн-лагерям стоит добавить в свои программы:",
    ),
    _Block(
        "Правовой дозор",
        "рассказать детям об их правах и о том, как отвечают за слово, за начатое и за другого.",
        (
            (
                "бесплатные консультации для детей и родителей в каждой области: их ведут опытные "
                "юристы и неправительственные организации"
            ),
            "диспуты, классные часы, лекции и разговоры в школах онлайн с полицейскими и юристами",
            (
                "памятки о том, куда ребёнку обратиться за помощью: Telegram-чат «Бала қорғау», "
                "call-центры, телефоны доверия"
            ),
        ),
    ),
    _Block(
        "Балалар бастауы",
        "чтобы голос ребёнка был слышен, а идея, как сделать жизнь вокруг лучше, была не только "
        "придумана, но и хорошо рассказана.",
        (
            (
                "награждение победителей республиканского конкурса общественных слушаний "
                "«Балалар бастауы»"
            ),
            (
                "встречи, на которых школьники задают вопросы детским представителям по защите прав "
                "и президентам школьных парламентов"
            ),
            (
                "детские делегаты в заседаниях местных исполнительных органов, когда там решают "
                "вопросы о детях"
            ),
            (
                "республиканский дистанционный видео-конкурс «О чем мечтают дети», в нём участвуют "
                "блогеры 10-17 лет (финал 1 июня 2021 года)"
            ),
            (
                "«Балаға мейрімді өлке» – почин детских представителей по защите прав. В общей группе "
                "в социальных сетях ребята отмечают парки, скверы, площадки и улицы, где им спокойнее "
                "и приятнее всего"
            ),
        ),
    ),
    _Block(
        "Таңғажайып әлем",
        "разглядеть талант в каждом ребёнке и дать ему сцену, на которой не страшно.",
        (
            "онлайн-экскурсии в национально-культурные центры, знакомство детей с обычаями",
            (
                "в парках, по санитарным правилам: выставка детских рисунков, конкурсы граффити "
                "и рисунка мелом на асфальте"
            ),
            "онлайн-встречи со звёздами казахстанского кино и просмотр снятых детьми фильмов",
            "концерты, на которых поют и танцуют дети",
            "онлайн-показ одежды, которую придумали дети",
            (
                "«Кітап әлемінде»: онлайн-встречи с писателями страны, конкурсы чтецов, разговоры "
                "в сети о любимых книгах"
            ),
            (
                "«Жануарлар біздің досымыз»: посещение зоопарков по санитарным правилам и онлайн-выставки, "
                "где дети знакомят со своими питомцами"
            ),
        ),
    ),
    _Block(
        "Мейірімділік – балаларға",
        "поддержать детей, которым труднее других, и тех, кого застала беда.",
        (
            "благотворительные акции для детей в каждой области",
            (
                "разговор с меценатами, фондами и обществом о том, как оплатить учёбу в колледже, вузе "
                "и после него сиротам, детям без попечения родителей, детям из многодетных, небогатых "
                "и неполных семей"
            ),
            (
                "«Дети – детям»: онлайн-встречи с детьми с особыми потребностями, общие рисунки "
                "и поделки"
            ),
            (
                "бесплатные билеты в кино, музеи и развлекательные центры и путёвки в загородные лагеря "
                "для детей, которым нужна поддержка, по санитарным правилам"
            ),
        ),
    ),
    _Block(
        "Спорт әлемінде",
        "чтобы детям нравилось быть здоровыми.",
        (
            (
                "спортивные праздники для детей на стадионах, площадях и в спортивных комплексах "
                "каждой области"
            ),
            "онлайн-встречи с чемпионами страны, награды юным победителям соревнований",
            "состязания, где за команду бегут и мамы, и папы",
        ),
    ),
    _Block(
        "Бала қауіпсіздігі",
        "уберечь детей от травм у воды, на улице и от опасностей в интернете.",
        (
            (
                "«12 дней борьбы против эксплуатации детского труда» – общенациональная информационная "
                "кампания (1-12 июня)"
            ),
            "меморандумы с хозяевами плавательных бассейнов, по санитарным правилам",
            "вебинары о том, как вести себя у воды и на воде",
            "проверка бассейнов: всё ли в них безопасно",
            "вебинары о том, как вести себя на дороге",
            (
                "мониторинг аттракционов и детских площадок в рамках республиканской акции "
                "«Безопасный аттракцион»"
            ),
        ),
    ),
)


def build() -> Document:
    """Make the document with Word's own styles and automatic numbering."""
    document = docx.Document()
    day = datetime(2021, 5, 3, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.author = "Концепция «Бақытты бала – бақытты ел»", "Bala"
    properties.created = properties.modified = day
    properties.language = "ru"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    for line in TITLE:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for label, text in FRONT:
        _labelled(document, label, text)
    list_id = _list_definition(document)
    for number, block in enumerate(BLOCKS, start=1):
        heading = document.add_heading(f"Блок {number}. «{block.title}»", 1)
        heading.paragraph_format.keep_with_next = True
        _labelled(document, "Цель: ", block.goal)
        _labelled(document, "Мероприятия: ", block.lead_in)
        style = _list_style(document, number, list_id)
        for position, text in enumerate(block.activities, start=1):
            last = position == len(block.activities)
            document.add_paragraph(text + ("." if last else ";"), style=style)
    return document


def _labelled(document: Document, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.add_run(label).bold = True
    paragraph.add_run(text)


def _list_definition(document: Document) -> int:
    """Define lists "1)", "2)"… and give the id of the definition."""
    numbering = document.part.numbering_part.element
    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.findall(_abstract())]
    definition = OxmlElement("w:abstractNum")
    definition.set(qn("w:abstractNumId"), str(max(taken) + 1))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("start", "1"), ("numFmt", "decimal"), ("lvlText", "%1)")):
        child = OxmlElement(f"w:{tag}")
        child.set(qn("w:val"), value)
        level.append(child)
    definition.append(level)
    numbering.insert(len(taken), definition)
    return max(taken) + 1


def _abstract() -> str:
    return str(qn("w:abstractNum"))


def _list_style(document: Document, block: int, list_id: int) -> str:
    """Make a paragraph style whose list starts from one again in each block."""
    numbering = document.part.numbering_part.element
    taken = [int(item.get(qn("w:numId"))) for item in numbering.findall(qn("w:num"))]
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), str(max(taken) + 1))
    base = OxmlElement("w:abstractNumId")
    base.set(qn("w:val"), str(list_id))
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override.append(start)
    number.extend([base, override])
    numbering.append(number)
    name = f"Мероприятия блока {block}"
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.left_indent = Cm(1)
    properties = style.element.get_or_add_pPr()
    own = OxmlElement("w:numPr")
    link = OxmlElement("w:numId")
    link.set(qn("w:val"), str(max(taken) + 1))
    own.append(link)
    properties.insert(0, own)
    return name


def main() -> None:
    """Write the document to its place in the project."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    build().save(str(PATH))


if __name__ == "__main__":
    main()
