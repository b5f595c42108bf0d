"""Whatever file arrives: it is read safely, or one plain sentence says why not. All through the sandbox."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
import typst
from pptx import Presentation

from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.sandbox import read_file, read_upload

pytestmark = pytest.mark.no_database

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 200


def refused(data: bytes, name: str) -> str:
    """The sentence with which the file is refused."""
    started = time.monotonic()
    with pytest.raises(UnreadableFileError) as raised:
        read_upload(data, name)
    sentence = str(raised.value)
    assert not getattr(raised.value, "__notes__", []), "a bug in a reader, not a refusal"
    assert time.monotonic() - started < 30
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert sentence.endswith(".")
    assert 20 < len(sentence) < 400
    return sentence


def read(data: bytes, name: str) -> Document:
    """The document, each block's citation checked (a sample of them where there are many)."""
    started = time.monotonic()
    document = read_upload(data, name)
    assert time.monotonic() - started < 30
    step = max(1, len(document.blocks) // 200)
    for block in document.blocks[::step]:
        piece = block.rows[-1].cells[-1].spans if block.rows else block
        if len(block.text) < 100_000 or block.rows:  # finding a quote of a megabyte is not what is tested here
            assert all(document.verify(citation) for citation in document.cite(piece))
    return document


def read_or_refuse(data: bytes, name: str) -> Document | str:
    """For files of which some are still readable: the document, or the sentence."""
    try:
        return read(data, name)
    except UnreadableFileError as error:
        notes = getattr(error, "__notes__", [])
    if notes:
        pytest.fail(f"a bug in a reader, not a refusal: {notes}")
    return refused(data, name)


def word(text: str = "Words.") -> bytes:
    made = docx.Document()
    made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def slides(text: str = "Words.") -> bytes:
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def workbook(text: str = "Words.") -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def repack(data: bytes, parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


@pytest.fixture(scope="session")
def small_pdf() -> bytes:
    return typst.compile(b"= A heading\nA sentence of words that is long enough to be read as one.\n")


OFFICE = {
    "docx": (word, "word/document.xml"),
    "pptx": (slides, "ppt/slides/slide1.xml"),
    "xlsx": (workbook, "xl/worksheets/sheet1.xml"),
}


@pytest.mark.parametrize("suffix", ["pdf", "docx", "pptx", "xlsx", "csv", "html", "txt", "md", ""])
def test_empty(suffix: str) -> None:
    assert "empty" in refused(b"", f"x.{suffix}")


@pytest.mark.parametrize("suffix", ["txt", "csv", "html", "md"])
def test_blank(suffix: str) -> None:
    refused(b" \r\n\t\n" * 10, f"x.{suffix}")


@pytest.mark.parametrize("suffix", OFFICE)
@pytest.mark.parametrize("share", [0.1, 0.6, 0.98])
def test_truncated_office_file(suffix: str, share: float) -> None:
    whole = OFFICE[suffix][0]()
    assert "cut short" in refused(whole[: int(len(whole) * share)], f"x.{suffix}")


@pytest.mark.parametrize("suffix", OFFICE)
def test_damaged_part(suffix: str) -> None:
    make, part = OFFICE[suffix]
    xml = zipfile.ZipFile(io.BytesIO(make())).read(part)
    assert "damaged" in refused(repack(make(), {part: xml[: len(xml) // 2]}), f"x.{suffix}")


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_truncated_pdf(small_pdf: bytes, share: float) -> None:
    data = small_pdf[: int(len(small_pdf) * share)]
    read_or_refuse(data, "x.pdf")


def test_truncated_html_is_read_as_far_as_it_goes() -> None:
    assert "The force" in read(b"<html><body><p>The force <b>ha", "x.html").text


def test_encrypted_office_file() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 1000
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 900
    )
    for suffix in OFFICE:
        assert "password" in refused(data, f"x.{suffix}")


def test_encrypted_pdf(small_pdf: bytes) -> None:
    keys = b"/O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b")"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 " + keys + b" /P -4 >> /ID [(abc) (abc)] "
    broken = small_pdf.replace(b"/Root", lock + b"/Root")
    assert "password" in refused(broken, "x.pdf")


def test_encrypted_zip_entry() -> None:
    data = bytearray(word())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refused(bytes(data), "x.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PNG, "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "a JPEG picture"),
        (b"GIF89a" + b"\x00" * 100, "a GIF picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>hi</text></svg>", "an SVG picture"),
        (b"<html><body>not found</body></html>", "a web page"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 100, "a program"),
        (b"MZ\x90\x00\x03" + b"\x00" * 100, "a program"),
        (b"{\\rtf1 words}", "a Rich Text"),
        (b"\x1f\x8b\x08" + b"\x00" * 50, "a gzip archive"),
        (bytes(range(256)) * 20, "not of a kind we know"),
        (b"just words", "plain text"),
    ],
)
def test_a_false_name_is_seen_through(data: bytes, said: str) -> None:
    sentence = refused(data, "report.pdf")
    assert said in sentence
    assert "not a PDF" in sentence or "is not a PDF" in sentence


@pytest.mark.parametrize(
    ("stream", "said"), [("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint Document", ".ppt")]
)
def test_old_office_files(stream: str, said: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000 + stream.encode("utf-16-le") + b"\x00" * 900
    assert said in refused(data, "x.doc")


def test_archives() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "words")
    assert "zip archive" in refused(stream.getvalue(), "x.zip")
    assert "zip archive" in refused(stream.getvalue(), "x.docx")


@pytest.mark.parametrize("suffix", OFFICE)
def test_zip_bomb(suffix: str) -> None:
    make, part = OFFICE[suffix]
    bomb = repack(make(), {part: b"<a>" + b" " * 190_000_000 + b"</a>"})
    assert len(bomb) < 1_000_000
    assert "unpacks to far more" in refused(bomb, f"x.{suffix}")


@pytest.mark.parametrize("suffix", OFFICE)
def test_zip_bomb_that_lies_about_its_size(suffix: str) -> None:
    make, part = OFFICE[suffix]
    bomb = bytearray(repack(make(), {part: b"<a>" + b" " * 100_000_000 + b"</a>"}))
    real = struct.pack("<I", 100_000_007)
    for at in (bomb.find(real), bomb.rfind(real)):
        bomb[at : at + 4] = struct.pack("<I", 5_000)
    refused(bytes(bomb), f"x.{suffix}")


def test_too_many_entries() -> None:
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(20_100):
            archive.writestr(f"x/{number}", b"")
    assert "parts inside it" in refused(stream.getvalue(), "x.docx")


LAUGHS = b'<!DOCTYPE a [<!ENTITY l0 "ha">' + b"".join(
    b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1)) * 10) for n in range(1, 12)
)
LAUGHS += b"]>"
OUTSIDE = b'<!DOCTYPE a [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entities", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("suffix", OFFICE)
def test_entities_in_an_office_file(suffix: str, entities: bytes) -> None:
    make, part = OFFICE[suffix]
    xml = zipfile.ZipFile(io.BytesIO(make())).read(part).replace(b"Words.", b"&l11;")
    head, _, rest = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"", b"", xml)
    hostile = (head + b"?>" if head else b"") + entities + rest
    assert "entities" in refused(repack(make(), {part: hostile}), f"x.{suffix}")


@pytest.mark.parametrize("entities", [LAUGHS, OUTSIDE])
def test_entities_in_html_and_svg(entities: bytes) -> None:
    for name, body in (
        ("x.html", b"<html><body><p>Kept words &l11;</p></body></html>"),
        ("x.svg", b"<svg>&l11;</svg>"),
    ):
        result = read_or_refuse(entities + body, name)
        text = result.text if isinstance(result, Document) else result
        assert "root:" not in text
        assert len(text) < 100_000


def test_macros_are_neither_run_nor_read() -> None:
    types = zipfile.ZipFile(io.BytesIO(word())).read("[Content_Types].xml")
    types = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    data = repack(word(), {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0Sub AutoOpen"})
    document = read(data, "x.docm")
    assert document.text == "Words.\n"
    assert any("macros" in note for note in document.notes)


def test_scripts_in_html_are_not_words() -> None:
    head = b"<html><head><script>alert('spoken')</script><style>p{}</style></head>"
    page = head + b"<body onload='spoken()'><p>Kept.</p><script>spoken()</script></body></html>"
    document = read(page, "x.html")
    assert "Kept." in document.text
    assert "spoken" not in document.text


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.csv", "x.html"])
def test_one_line_of_five_megabytes(name: str) -> None:
    assert len(read(b"word " * 1_000_000, name).text) >= 4_900_000


@pytest.mark.parametrize("sign", [b"*", b"(", b"|", b" ", b"<", b"[", b"-", b".", b"_", b"1."])
def test_one_line_of_one_sign(sign: bytes) -> None:
    for name in ("x.txt", "x.md", "x.html"):
        result = read_or_refuse(b"a " + sign * (1_000_000 // len(sign)) + b" b", name)
        assert isinstance(result, Document) or "longer than" not in result


def test_five_megabytes_in_one_paragraph_and_one_cell() -> None:
    assert len(read(word("word " * 1_000_000), "x.docx").text) > 4_900_000
    assert len(read(slides("word " * 300_000), "x.pptx").text) > 1_400_000


@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.html"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_encodings(name: str, encoding: str) -> None:
    text = "Calder Vale’s budget was £1.1m in all and the force said so.\nSecond line of words.\n"
    assert "Calder Vale’s budget was £1.1m" in " ".join(read(text.encode(encoding), name).text.split())


def test_wrong_encoding_keeps_what_can_be_read() -> None:
    assert "Calder Vale" in read(b"Calder Vale spent \xa31m \x81 \xff in all.\n", "x.txt").text
    document = read("A word \ud800 broken".encode("utf-8", "surrogatepass"), "x.txt")
    assert "broken" in document.text


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.csv"])
def test_two_hundred_thousand_lines(name: str) -> None:
    data = "".join(f"Line {number} says 5, and 7\n" for number in range(200_000)).encode()
    assert read(data, name).text.count("\n") >= 200_000


def test_a_sheet_of_five_thousand_columns() -> None:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Wide")
    for row in range(20):
        sheet.append([row * column for column in range(5_000)])
    stream = io.BytesIO()
    made.save(stream)
    (table,) = read(stream.getvalue(), "x.xlsx").blocks
    assert len(table.rows[0].cells) == 5_000


def test_six_hundred_pages_of_tables(tmp_path: Path) -> None:
    page = (
        "#table(columns: 4, " + ", ".join(f"[Row {n}], [{n * 7}], [{n}.5%], [said so]" for n in range(20)) + ")\n"
    )
    one = typst.compile((page + "#pagebreak()\n" + page).encode())
    merged = pypdfium2.PdfDocument.new()
    source = pypdfium2.PdfDocument(one)
    for _ in range(300):
        merged.import_pages(source)
    path = tmp_path / "tables.pdf"
    merged.save(str(path))
    merged.close()
    source.close()
    started = time.monotonic()
    document = read_file(path)
    assert len(document.pages) == 600
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "name",
    [
        "new\nline.txt",
        "../../etc/passwd",
        "quote'\"; $(touch x) `y`.txt",
        "\u202etxt.exe",
        "x" * 4_096,
        "x" * 4_096 + ".txt",
        "nul\x00.txt",
        "half\ud800.txt",
        "",
        ".",
        "-rf",
    ],
)
def test_hostile_names(name: str) -> None:
    assert "A line of words" in read(b"A line of words.\n", name).text


def test_a_hostile_name_on_disk_is_not_printed_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[2J\u202e.pdf"
    with pytest.raises(UnreadableFileError) as raised:
        read_file(path)
    assert not {"\n", "\x1b", "\u202e"} & set(str(raised.value))
    path.write_bytes(b"just words")
    with pytest.raises(UnreadableFileError):
        read_file(path)


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", '=HYPERLINK("http://x","y")', "a\nb\x0b\x0cc\u2028d", "\u202eevil"]
)
def test_markup_and_formulae_in_a_title_stay_words(title: str) -> None:
    made = docx.Document()
    made.core_properties.title = title.translate({11: " ", 12: " "})
    made.add_heading(title.translate({11: " ", 12: " "}), level=1)
    stream = io.BytesIO()
    made.save(stream)
    document = read(stream.getvalue(), "x.docx")
    assert "\n" not in document.title
    assert document.text.count("\n") == 1 + title.count("\n")  # a line break within a heading is kept in the text
    assert document.blocks[0].text == " ".join(document.blocks[0].text.split())


def test_deep_nesting() -> None:
    body = b"<w:p/>"
    for _ in range(60):
        body = b"<w:tbl><w:tr><w:tc>" + body + b"</w:tc></w:tr></w:tbl>"
    xml = zipfile.ZipFile(io.BytesIO(word())).read("word/document.xml").replace(b"<w:body>", b"<w:body>" + body)
    assert "boxes" in refused(repack(word(), {"word/document.xml": xml}), "x.docx")
    deep = b"<html><body>" + b"<div>" * 20_000 + b"deep words" + b"</div>" * 20_000
    read_or_refuse(deep, "x.html")
