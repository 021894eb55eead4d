"""The wordings of many provinces and years: each sentence yields what its row says, and nothing is left unread."""

from __future__ import annotations

import pytest

from tests.wordings import Wording, fold_sentence, notation, read_wordings

WORDINGS = tuple(read_wordings())


@pytest.mark.parametrize("wording", WORDINGS, ids=[one.sentence[:40] for one in WORDINGS])
def test_wording_yields_what_its_row_says(wording: Wording) -> None:
    fold = fold_sentence(wording.sentence, wording.fund, wording.phase)
    assert notation(fold) == wording.wanted
    assert [one.span.quote for one in fold.unread] == []
