"""Choices of the room."""

from datetime import date

from django.utils.translation import gettext_lazy as _

# The days on which the demonstration can stand: what the bar on every page offers. They are those
# of the demonstration campaign, 20 May to 20 June 2021.
STEPS = (
    ("before", _("Before"), date(2021, 5, 10)),
    ("opening", _("Opening"), date(2021, 5, 20)),
    ("middle", _("28 May"), date(2021, 5, 28)),
    ("childrens-day", _("1 June"), date(2021, 6, 1)),
    ("after", _("After the end"), date(2021, 6, 23)),
)
FIRST_STEP = "middle"
HOUR = 10  # o'clock in the capital

CAMPAIGN_SLUG = "bakytty-bala-2021"
PASSWORD = "bala-2021-demo"  # noqa: S105 -- printed on the sign-in page of the demonstration

# Who shows signing in with a second step, and the secret that everybody may add to an app.
TWO_STEP = "two-step"
TWO_STEP_SECRET = "BALADEMONSTRATIONBALADEMONSTRATI"  # noqa: S105 -- printed on the page

FAMILY_COUNT = 60  # beside those that one can sign in as

#: Guardians of the demonstration: who, language, region, children (name, surname, birth, consents).
FAMILIES: tuple[tuple[str, str, str, tuple[tuple[str, str, str, tuple[str, ...]], ...]], ...] = (
    (
        "guardian",
        "kk",
        "KZ-75",
        (
            ("Әлия", "Нұрланова", "2009-03-08", ("take_part", "photo", "contest", "publication")),
            ("Санжар", "Нұрланов", "2014-09-17", ("take_part", "contest")),
        ),
    ),
    ("guardian3", "ru", "KZ-75", (("Тимур", "Ким", "2009-11-02", ()),)),
)

CHILDREN_OF_HOME = (
    ("Айбек", "Серікұлы"),
    ("Аружан", "Бекова"),
    ("Данияр", "Ахметов"),
    ("Жансая", "Омарова"),
    ("Иван", "Соколов"),
    ("Камила", "Юсупова"),
    ("Мадина", "Төлеген"),
    ("Нұрлан", "Қасым"),
    ("Олжас", "Жұмабай"),
    ("Полина", "Орлова"),
    ("Сәуле", "Дәуренова"),
    ("Ұлан", "Мұратұлы"),
)
NAMES_OF_CHILDREN = (
    *("Айару", "Айша", "Алдияр", "Алихан", "Амина", "Аңсар", "Арман", "Аяла", "Әмір", "Әсем"),
    *("Дамир", "Даша", "Диас", "Ерасыл", "Жания", "Зере", "Инкар", "Кирилл", "Қаусар", "Лиза"),
    *(
        "Мирас",
        "Мөлдір",
        "Нұрай",
        "Нұртас",
        "Рамазан",
        "Сафия",
        "София",
        "Томирис",
        "Үміт",
        "Ясмин",
    ),
)
MOTHERS = (
    *(("Айжан", "Сағынтаева"), ("Алма", "Бекенова"), ("Ботагөз", "Есенова"), ("Гүлжан", "Оразова")),
    *(("Динара", "Мусина"), ("Елена", "Ли"), ("Зарина", "Тойшы"), ("Ирина", "Павлова")),
    *(
        ("Қарлығаш", "Әбдірова"),
        ("Мәншүк", "Жақыпова"),
        ("Наргиз", "Ибрагимова"),
        ("Ольга", "Бойко"),
    ),
)
FATHERS = (
    *(("Асқар", "Төреханов"), ("Болат", "Құсайын"), ("Виктор", "Цой"), ("Ерлан", "Сыздық")),
    *(("Мұрат", "Байжан"), ("Рустам", "Ниязов")),
)
