"""Folded text: what templates are matched on, and the way back to the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.folding import Folded, fold_characters
from ingest.reading.document import Document

CHINESE_TEXT = st.text(alphabet='收支１２3４5．.,，。；万元（）()“”"　 \t\n增长％%', max_size=60)


@given(CHINESE_TEXT)
def test_folding_keeps_the_length_and_is_idempotent(text: str) -> None:
    folded = fold_characters(text)
    assert len(folded) == len(text)
    assert fold_characters(folded) == folded


@given(CHINESE_TEXT, st.data())
def test_span_of_folded_text_folds_back_to_it(text: str, data: st.DataObject) -> None:
    folded = Folded.of(Document("a.txt", text), 0, len(text))
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.span(start, end)
    assert text[span.start : span.end] == span.quote
    whole = fold_characters(text)[span.start : span.end]
    assert "".join(whole.split()) == folded.text[start:end]


def test_variants_of_one_number_fold_alike() -> None:
    spellings = (
        "1,234.50万元，",
        "１，２３４．５０万元，".replace("，２", ",２"),
        "1 , 234.50 万元,",
    )
    folded = {Folded.of(Document("", text), 0, len(text)).text for text in spellings[:2]}
    assert folded == {"1,234.50万元，"}
