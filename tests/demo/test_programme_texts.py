"""The demonstration's texts: short, complete, and for exactly the lines of its concept."""

import json
from pathlib import Path

import pytest

import bala.demo
from bala.kernel.translated import LANGUAGES
from bala.programme.actions.campaigns import set_programme_texts
from bala.programme.actions.concept import import_concept, publish_concept
from bala.programme.queries.texts import text_table

DATA = Path(bala.demo.__file__).parent / "data"


@pytest.mark.django_db
def test_every_line_of_the_concept_gets_its_texts_in_three_languages() -> None:
    document = DATA / "concept-2021.ru.docx"
    draft = import_concept(account=None, filename=document.name, data=document.read_bytes())
    campaign = publish_concept(account=None, document=draft)
    texts = json.loads((DATA / "programme-texts.json").read_text())
    assert set_programme_texts(campaign=campaign, texts=texts) == 8 + 37
    table = text_table(campaign)
    assert table.missing == dict.fromkeys(LANGUAGES, 0)
    titles = [title for row in table.rows if not row.is_block for title in row.titles.values()]
    assert len(titles) == 37 * 3
    assert max(map(len, titles)) <= 80
