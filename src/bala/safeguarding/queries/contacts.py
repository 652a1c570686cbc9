"""Finding ways to reach a child in a text: telephones, e-mail, numbers, addresses, names, links.

Children write numbers with gaps and in words so that a filter does not see them; people who look
for children do too. So digits are read through separators and words. All functions are pure.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import phonenumbers

from bala.kernel.search import fold
from bala.safeguarding.enums import FindingKind

Span = tuple[FindingKind, int, int]

# Digits in words, as search folds them (ё, қ, ө, ү, і fall together with their neighbours).
_NAMES: Final = {
    fold(name): digit
    for digit, names in enumerate(
        (
            "ноль нуль нөл zero",
            "один раз бір one",
            "два екі two",
            "три үш three",
            "четыре төрт four",
            "пять бес five",
            "шесть алты six",
            "семь жеті seven",
            "восемь сегіз eight",
            "девять тоғыз nine",
        )
    )
    for name in names.split()
}
_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+")
# What may stand between the pieces of one number; a colon ends it, for it belongs to hours.
_GAP: Final = re.compile(r"[\s\-–—().,/\\_*+|~•·=]{0,4}")
_LONGEST: Final = 15  # digits of the longest telephone of the world

_AT: Final = r"(?:@|\(\s*at\s*\)|\[\s*at\s*\]|\s(?:at|собака|собачка|ит белгісі|эт)\s)"
_DOT: Final = r"(?:\.|\s(?:точка|нүкте|dot)\s|\(\s*dot\s*\))"
_EMAIL: Final = re.compile(
    rf"[\w.+-]{{2,64}}\s*{_AT}\s*[\w-]{{2,60}}(?:\s*{_DOT}\s*[a-zа-яё]{{2,10}}){{1,3}}",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b(?:[\w-]{1,60}\.){1,4}(?:kz|ru|com|net|org|me|io|su|info|app|link|gg|tv|ly|қаз|рф)\b(?:/\S*)?",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w@])@[A-Za-z0-9_][A-Za-z0-9_.]{2,40}")
_MESSENGER: Final = (
    r"(?:instagram|insta|инстаграм\w*|инста\w?|telegram|телеграм\w*|телега\w?|тг|tg|whats?app"
    r"|в[оа]тс?апп?\w*|ватцап\w*|tik\s?tok|тик\s?ток\w*|вк|vk|discord|дискорд\w*|snapchat|снапчат\w*"
    r"|viber|вайбер\w*|roblox|роблокс\w*)"
)
_NAME_THERE: Final = re.compile(
    rf"\b{_MESSENGER}\b\s*[:\-–—=]?\s*@?(?=[\w.]*[a-z_])[a-z0-9_.]{{3,40}}", re.IGNORECASE
)
_WRITE_ME: Final = re.compile(
    rf"\b(?:пиши\w*|напиши\w*|добав\w+|подпи\w+|жаз\w*|қос\w*|тіркел\w*|write|add|find)\b[^.!?\n]{{0,30}}?"
    rf"\b{_MESSENGER}\b"
    rf"|\b{_MESSENGER}\w*\b[^.!?\n]{{0,20}}?\b(?:жаз|қос|тіркел)\w*",
    re.IGNORECASE,
)

_NUMBER: Final = r"\s*№?\s*\d{1,4}\s*[а-яa-z]?(?![\w-])"
_STREET: Final = (
    r"(?:ул\.?|улиц[аеуы]|пр\.|пр-т\.?|просп\.?|проспект[ае]?|пер\.|переул\w+|мкр\.?|мкрн\.?"
    r"|микрорайон\w*|бульвар\w*|б-р|шоссе|тупик\w*|проезд\w*)"
)
_STREET_KK: Final = (
    r"(?:көше\w*|к-сі|даңғыл\w*|даңғ\.|шағын\s?аудан\w*|ықшам\s?аудан\w*|мөлтек\s?аудан\w*"
    r"|ш/а|тұйығы|тас\s?жолы)"
)
_ADDRESS: Final = (
    # ул. Абая 12; мкр Самал-2, дом 5
    re.compile(rf"\b{_STREET}\s*[\w«»\"\-. ]{{2,40}}?,?\s*(?:д\.|дом|үй)?{_NUMBER}", re.IGNORECASE),
    # Абай көшесі, 12; Самал ықшамауданы 5-үй
    re.compile(
        rf"[\w-]{{2,30}}\s+{_STREET_KK}\s*,?\s*(?:№\s*)?\d{{1,4}}(?:\s*-?\s*үй\w*)?", re.IGNORECASE
    ),
    # кв. 15, пәтер 15, квартира № 15, 15-пәтер, 12-үй
    re.compile(rf"\b(?:кв\.|квартир\w+|пәтер\w*|apt\.?|apartment)(?:{_NUMBER})", re.IGNORECASE),
    re.compile(r"\b\d{1,4}\s?-\s?(?:пәтер|үй)\w*", re.IGNORECASE),
    # дом 12, үй № 12, д. 12
    re.compile(rf"\b(?:дом\w?|үй\w{{0,4}}|д\.|house)\s*(?:№\s*)?{_NUMBER}", re.IGNORECASE),
    re.compile(r"\b\d{1,4}\s+\w{2,30}\s+(?:street|st\.|avenue|ave\.?|road)\b", re.IGNORECASE),
)


def contacts(text: str) -> Iterator[Span]:
    """Give every way to reach somebody that stands in the text, with its place in it."""
    yield from _numbers(text)
    for pattern, kind in (
        (_EMAIL, FindingKind.EMAIL),
        (_LINK, FindingKind.HANDLE),
        (_HANDLE, FindingKind.HANDLE),
        (_NAME_THERE, FindingKind.HANDLE),
        (_WRITE_ME, FindingKind.HANDLE),
        *((one, FindingKind.ADDRESS) for one in _ADDRESS),
    ):
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()


def _numbers(text: str) -> Iterator[Span]:
    for run in _runs(text):
        taken = -1
        for first in range(len(run)):
            if first <= taken:
                continue
            for last in range(len(run) - 1, first - 1, -1):
                digits = "".join(piece for piece, _start, _end in run[first : last + 1])
                # With gaps, twelve digits are a personal number only when nothing stands beside them:
                # days that follow one another make twelve digits too.
                whole = first == 0 and last == len(run) - 1
                kind = _kind_of(digits, one_piece=first == last, whole=whole)
                if kind is not None:
                    yield kind, run[first][1], run[last][2]
                    taken = last
                    break


def _runs(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Give rows of digits that nothing but separators parts: (digits, start, end) each."""
    plain = fold("".join(_ascii_digit(c) for c in text))
    run: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(plain):
        word = match.group()
        digits = word if word.isdigit() else _digits_of(word)
        near = not run or _GAP.fullmatch(text, run[-1][2], match.start())
        if run and not (digits and near):
            yield run
            run = []
        if digits:
            run.append((digits, match.start(), match.end()))
    if run:
        yield run


def _ascii_digit(character: str) -> str:
    """Return a digit of any script as 0 to 9, all else as it is."""
    return str(int(character)) if character.isdecimal() else character


def _digits_of(word: str) -> str:
    if word in _NAMES:
        return str(_NAMES[word])
    # An O in the place of a nought, alone between digits.
    return "0" * len(word) if set(word) <= {"о", "o"} and len(word) <= 3 else ""


def _kind_of(digits: str, *, one_piece: bool, whole: bool) -> FindingKind | None:
    if len(digits) == 12 and (one_piece or (whole and _is_personal(digits))):
        return FindingKind.PERSONAL_NUMBER
    if 10 <= len(digits) <= _LONGEST and _is_telephone(digits):
        return FindingKind.TELEPHONE
    return None


def _is_personal(digits: str) -> bool:
    """Whether twelve digits are a personal number: a date, a century and a sum that agree."""
    if not (1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31 and digits[6] in "0123456"):
        return False
    return _control_digit(digits) == int(digits[11])


def _control_digit(digits: str) -> int:
    for weights in (tuple(range(1, 12)), (*range(3, 12), 1, 2)):
        rest: int = sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11
        if rest < 10:
            return rest
    return -1


def _is_telephone(digits: str) -> bool:
    """Whether the digits are a number that can be called: of Kazakhstan or Russia, or abroad."""
    for written in _ways_to_dial(digits):
        try:
            number = phonenumbers.parse(written)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
    return False


def _ways_to_dial(digits: str) -> Sequence[str]:
    if len(digits) == 11 and digits[0] in "78":
        return [f"+7{digits[1:]}"]
    if len(digits) == 10 and digits[0] in "79":
        return [f"+7{digits}"]
    # Neighbours: Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan, Ukraine; after 8~10 or bare.
    bare = digits.removeprefix("810")
    return [f"+{bare}"] if bare.startswith(("996", "992", "993", "998", "380")) else []
