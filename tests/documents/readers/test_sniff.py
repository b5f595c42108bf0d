"""A format is recognised by its bytes; the name only decides where they leave a choice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.document import UnreadableFileError
from bluelamp.documents.readers.sniff import READ_FORMATS, describe_mismatch, sniff, suffix_of


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"%PDF-1.7 ...", "report", "pdf"),
        (b"junk first\n%PDF-1.4 ...", "report.txt", "pdf"),
        (b"<!DOCTYPE html><html>", "page", "html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html xmlns='x'>", "page.txt", "html"),
        (b"<!-- a note --><html>", "page", "html"),
        (b"<div>a tag first</div>\n# Heading", "notes.md", "md"),
        (b"# Heading", "notes.md", "md"),
        (b"a,b\n1,2\n", "figures.csv", "csv"),
        (b"a,b\n1,2\n", "figures", "txt"),
        (b"MZ is how this text begins", "x.txt", "txt"),
        (b"< 5 per cent of calls", "x.txt", "txt"),
        ("words".encode("utf-16"), "x", "txt"),
        ("words of text".encode("utf-16-be"), "x", "txt"),
        ("<html><body>".encode("utf-16"), "x", "html"),
        (b"one\x0ctwo", "x", "txt"),
    ],
)
def test_formats(data: bytes, name: str, found: str) -> None:
    assert sniff(data, name) == found


def test_a_mismatch_is_mentioned_and_text_by_another_name_is_not() -> None:
    assert describe_mismatch("pdf", "x.docx").endswith("it is a PDF and was read as one.")
    assert describe_mismatch("pdf", "x.pdf") == ""
    assert describe_mismatch("txt", "x.md") == ""
    assert describe_mismatch("txt", "x") == ""


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.PDF", "pdf"), ("../b.tar.gz", "gz"), ("c", ""), ("d.", ""), ("e\\f.Txt ", "txt")]
)
def test_suffixes(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_a_known_format_or_refused_in_a_sentence(data: bytes, name: str) -> None:
    try:
        said = sniff(data, name)
    except UnreadableFileError as error:
        said = str(error)
    assert said in READ_FORMATS or said.endswith(".")


@given(
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml ", b"BM", b"RIFF"]),
    st.binary(max_size=300),
)
def test_any_bytes_after_a_signature(signature: bytes, rest: bytes) -> None:
    test_any_bytes_are_a_known_format_or_refused_in_a_sentence.hypothesis.inner_test(signature + rest, "x.pdf")
