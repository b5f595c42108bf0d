"""Which characters do these bytes stand for? UTF-8, UTF-16 with its mark, else a Western European code page."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from bluelamp.documents.document import UnreadableFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_GUESSED_FROM = 200_000  # bytes shown to the guesser, which is slow on more
_MOST_CONTROLS = 0.02  # share of control bytes above which this is no text


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text without its byte order mark, and notes on what had to be guessed.

    Raises UnreadableFileError for an empty file and for bytes that are no text.
    """
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise UnreadableFileError("The file is empty: there is no text in it.")
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            raise UnreadableFileError(f"The file is named as text but is {kind}.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return _decode_marked(data, unmarked)
    _refuse_binary(data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _decode_guessed(data, error)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    if damaged > max(8, len(text) // 20):
        raise UnreadableFileError("The file begins like text but most of its characters are damaged.")
    if not text.strip("\ufeff\x00 \t\r\n\x0c"):
        raise UnreadableFileError("The file is empty: there is no text in it.")
    note = (f"{damaged} damaged characters were replaced.",) if damaged else ()
    return text.removeprefix("\ufeff"), note


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of English text is then zero."""
    sample = data[:4000]
    even, odd = sample[0::2], sample[1::2]
    if len(sample) < 8:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes) -> None:
    sample = data[:1_000_000]
    controls = sum(1 for _ in _CONTROL.finditer(sample))
    if b"\x00" in sample or controls > max(4, _MOST_CONTROLS * len(sample)):
        raise UnreadableFileError("The file is not text: it holds bytes that no text has.")


def _decode_guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    """Bytes that are not UTF-8: a damaged UTF-8 file keeps its good characters, others are guessed."""
    loose = data.decode("utf-8", errors="replace")
    good = sum(1 for character in loose if character > "\x7f" and character != "\ufffd")
    damaged = loose.count("\ufffd")
    if good > 4 * damaged:
        return loose.removeprefix("\ufeff"), (f"{damaged} damaged characters were replaced.",)
    try:
        return data.decode("cp1252"), ("The file is not UTF-8; it was read as Windows-1252.",)
    except UnicodeDecodeError:
        first = max(0, error.start - _GUESSED_FROM // 2)
        best = from_bytes(data[first : first + _GUESSED_FROM]).best()
        encoding = best.encoding if best else "latin-1"
        text = data.decode(encoding, errors="replace")
        return text, (f"The file does not say how its characters are written; it was read as {encoding}.",)
