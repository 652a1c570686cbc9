"""Reading of plain text and Markdown in whatever encoding a ministry's computer used."""

import re
from dataclasses import replace

from bala.concept.errors import EmptyDocument, UnknownFormat
from bala.concept.headings import any_word_heading
from bala.concept.labels import find_label
from bala.concept.sources.neutral import Paragraph, Source, split_marker
from bala.concept.sources.unwrap import Line, join, looks_wrapped, unwrap

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MD_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_MD_RULE = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*$")
_MD_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_MD_ITALIC = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*_])")
_MD_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_PAGE_NUMBER = re.compile(r"^\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|\d{1,3})\s*$")
# What Kazakh letters of its own code pages look like when they are read as Windows-1251.
_MISREAD = re.compile(r"[ЌќЃѓґҐЅѕєЄјЈљЉњЊћЋџЏўЎїЇђЂ]")
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһіА-ЯЁ]")


def read_text(data: bytes, *, filename: str) -> Source:
    """Read plain text or Markdown. Raises an UnreadableDocument where it is no text."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyDocument
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if filename.lower().endswith((".md", ".markdown")) or _is_markdown(lines):
        return _read_markdown(lines)
    return _read_plain(lines)


def decode(data: bytes) -> str:
    """Decode text as UTF-8, UTF-16 of either order, or Windows-1251.

    Raises UnknownFormat where the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding)
    sample = data[:4096]
    if sample.count(0) > len(sample) // 8:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        # Cyrillic has the high byte 04, spaces and digits have 00 in its place.
        return _decode(data, "utf-16-le" if odd >= even else "utf-16-be")
    if 0 in data:
        raise UnknownFormat
    for encoding in ("utf-8",):
        try:
            return _sound(data.decode(encoding))
        except UnicodeDecodeError:
            pass
    high = _guess_utf16(sample)
    if high:
        return _decode(data, high)
    text = data.decode("cp1251", errors="replace")
    if _share(text) > 0.3 and text.count("\ufffd") < 3:
        return _sound(_as_kazakh(data) or text)
    from charset_normalizer import from_bytes  # asked last, and heavy

    best = from_bytes(data[:200_000]).best()
    if best is None or _share(str(best)) < 0.3:
        raise UnknownFormat
    return _decode(data, best.encoding)


def _as_kazakh(data: bytes) -> str:
    """Decode text of a Kazakh code page; "" where Windows-1251 reads it as well."""
    misread = len(_MISREAD.findall(data.decode("cp1251", errors="replace")))
    if misread < 3:
        return ""
    tries = [data.decode(name, errors="replace") for name in ("kz1048", "ptcp154")]
    best = max(tries, key=lambda text: len(_KAZAKH.findall(text)) - len(_MISREAD.findall(text)))
    return best if len(_KAZAKH.findall(best)) >= misread else ""


def _guess_utf16(sample: bytes) -> str:
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if high and sum(1 for byte in high if byte in (0, 4, 0x20)) > len(high) * 0.9:
            return encoding
    return ""


def _decode(data: bytes, encoding: str) -> str:
    try:
        return _sound(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnknownFormat from error


def _sound(text: str) -> str:
    text = text.removeprefix("\ufeff")
    odd = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t\f\v")
    if odd > max(3, len(text) // 200):
        raise UnknownFormat
    return text


def _share(text: str) -> float:
    letters = [sign for sign in text if sign.isalpha()]
    return len(_CYRILLIC.findall(text)) / len(letters) if len(letters) > 3 else 0.0


def _is_markdown(lines: list[str]) -> bool:
    headings = sum(1 for line in lines if _MD_HEADING.match(line))
    return headings >= 2 or any(_MD_RULE.match(line) and "|" in line for line in lines)


def _read_plain(lines: list[str]) -> Source:
    source = Source()
    if not looks_wrapped(lines):
        for line in lines:
            source.add_paragraph(line)
        return source
    made = [
        Line(
            text=line,
            number=number,
            left=float(len(line) - len(line.lstrip())),
            right=float(len(line.rstrip())),
        )
        for number, line in enumerate(lines, start=1)
        if not _is_page_turn(lines, number - 1)
    ]
    place_paragraphs(source, unwrap(made), lines)
    return source


def _is_page_turn(lines: list[str], index: int) -> bool:
    """Whether a line is a page's number, or an empty line beside one: the text goes on."""
    around = lines[max(index - 1, 0) : index + 2] if not lines[index].strip() else [lines[index]]
    return any(_PAGE_NUMBER.match(line) for line in around)


def place_paragraphs(source: Source, paragraphs: list[tuple[str, int]], lines: list[str]) -> None:
    """Add joined paragraphs on the numbers of the lines where they begin."""
    done = 0
    for text, number in paragraphs:
        source.lines.extend(line.strip() for line in lines[done : number - 1])
        source.add_paragraph(text)
        source.lines[-1] = lines[number - 1].strip()
        done = number
    source.lines.extend(line.strip() for line in lines[done:])


def _bare(text: str) -> str:
    text = _MD_LINK.sub(r"\1", text)
    text = _MD_BOLD.sub(r"\2", text)
    text = _MD_ITALIC.sub(r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", text)


def _read_markdown(lines: list[str]) -> Source:
    source = Source()
    rows: list[list[str]] = []
    indents: list[int] = []

    def flush(upto: int) -> None:
        if rows:
            source.add_table(
                rows, merged=[sum(1 for cell in row if cell.strip()) == 1 for row in rows]
            )
            rows.clear()
        # The rule under a table's head is a line too, though not a row.
        source.lines.extend("" for _ in range(upto - len(source.lines)))

    for index, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith("|") or (rows and bare.count("|") >= 2):
            if _MD_RULE.match(bare):
                continue
            cells = re.split(r"(?<!\\)\|", bare.strip("|") if bare.endswith("|") else bare[1:])
            rows.append([_bare(cell.strip()) for cell in cells])
            continue
        flush(index)
        heading = _MD_HEADING.match(line)
        if heading:
            source.add_paragraph(_bare(heading[2]), heading=len(heading[1]))
            indents.clear()
            continue
        if _is_lazy(source, lines, index):
            _lengthen(source, _bare(bare))
            continue
        indent = len(line) - len(line.lstrip())
        while indents and indent < indents[-1]:
            indents.pop()
        if bare and (not indents or indent > indents[-1]):
            indents.append(indent)
        bold = bool(re.fullmatch(r"(\*\*|__).+\1:?", bare))
        source.add_paragraph(
            _bare(bare.removeprefix(">").strip()), level=max(len(indents) - 1, 0), bold=bold
        )
    flush(len(lines))
    return source


def _is_lazy(source: Source, lines: list[str], index: int) -> bool:
    """Whether a line only goes on with the paragraph above, as Markdown wraps text."""
    bare = lines[index].strip()
    if index == 0 or not bare or not lines[index - 1].strip():
        return False
    last = source.elements[-1] if source.elements else None
    if not isinstance(last, Paragraph) or last.heading or last.line + 1 > len(source.lines) + 1:
        return False
    if split_marker(bare)[0] or find_label(_bare(bare)) or any_word_heading(_bare(bare)):
        return False
    if any_word_heading(last.text) or last.text.endswith((";", ":", ".")):
        return False
    return bare[:1].islower() or last.text.endswith(",")


def _lengthen(source: Source, text: str) -> None:
    last = source.elements[-1]
    if isinstance(last, Paragraph):
        source.elements[-1] = replace(last, text=join(last.text, text))
        source.lines.append(text)
