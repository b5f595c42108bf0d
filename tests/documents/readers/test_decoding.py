"""Bytes become text, or are refused in one plain sentence."""

from __future__ import annotations

import pytest

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.decoding import decode_text

WORDS = "The force’s budget is £2.5m – “good”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_as_it_is(encoding: str) -> None:
    text = "A plain line of English words.\n" + WORDS
    assert decode_text(text.encode(encoding)) == (text, ())


def test_a_western_code_page_is_read_and_noted() -> None:
    text, notes = decode_text(WORDS.encode("cp1252"))
    assert text == WORDS
    assert "Windows-1252" in notes[0]


def test_a_damaged_utf8_file_keeps_its_good_characters() -> None:
    text, notes = decode_text((WORDS * 20).encode() + b"\xe2\x80")
    assert text.startswith(WORDS)
    assert "damaged" in notes[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04" + bytes(40), "zip"),
        (b"words and then " + bytes(200), "not text"),
        (bytes(range(1, 9)) * 40, "not text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as refusal:
        decode_text(data)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)
