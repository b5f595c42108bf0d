"""Sentences end where a reader says they end."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.blocks import Block, BlockKind, Page
from bluelamp.documents.document import Document
from bluelamp.documents.sentences import find_sentences, split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["One thing is good.", "Another is not!", "Is a third?"],
        ["It met partners, e.g. The Larches, and others.", "It met nobody else."],
        ["See No. 4 of the plan.", "It is short."],
        ["The answer was no.", "Then it was yes."],
        ["Officers from St. Anselm's were there.", "All of them."],
        ["See para. 3.14 of the report.", "And p. 12."],
        ["We estimate 86.4 percent of crime is recorded.", "That is £2.5m less."],
        ["A Chief Insp. Vane led the work.", "She left."],
        ["The lead was J. R. Vane of the force.", "He agreed."],
        ["Posters, leaflets, etc. are used.", "Posters, leaflets, etc.", "The force agrees."],
        ["It was done (see Annex B).", "“It was good.”", "The force agreed."],
        ["The force uses the model.¹", "It works."],
        ["It took place at 10 a.m. on Monday.", "It ended at 4 p.m.", "Everyone left."],
        ["The plan covers division B.", "It is new."],
        ["3. The force should act.", "It should do so now."],
        ["A title without a stop"],
        ["It met partners...", "The force said so."],
    ],
)
def test_sentences_of_a_text(sentences: list[str]) -> None:
    text = " ".join(sentences)
    found = [text[start:end] for start, end in split_sentences(text)]
    assert found == sentences


def test_no_sentence_in_no_words() -> None:
    assert split_sentences("") == []
    assert split_sentences("  ") == []


def test_sentences_of_a_block_can_be_cited() -> None:
    text = "The force is good. It can im-\nprove.\n"
    spans = ((0, len(text) - 1),)
    block = Block(BlockKind.PARAGRAPH, "The force is good. It can im-prove.", spans)
    document = Document("0" * 64, "txt", text, (Page(None, 0, len(text)),), (block,))
    sentences = find_sentences(document, block)
    assert [block.text[a:b] for a, b in sentences] == ["The force is good.", "It can im-prove."]
    citations = document.cite(document.spans_within(block, *sentences[1]))
    assert [citation.line for citation in citations] == [1]
    assert all(document.verify(citation) for citation in citations)


@given(st.text(alphabet="abA B.!?…)” 1\t¹’", max_size=80))
def test_sentences_hold_every_word_once(text: str) -> None:
    found = split_sentences(text)
    assert found == sorted(found)
    assert all(a < b for a, b in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert "".join(kept.split()) == "".join(text.split())
