"""What is this file really? The bytes are asked first, the name only where they leave a choice."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from bluelamp.documents.document import UnreadableFileError

READ_FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md", "csv", "txt")

_READABLE = "a PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), CSV, web page or text file"

# The first bytes, and what they make the file. Picture signatures: the formats' own specifications.
_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"8BPS", "Photoshop"),
)
_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
)
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\x00asm")
_SOUNDS = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096

_SUFFIXES = {
    "pdf": "pdf",
    "docx": "docx",
    "docm": "docx",
    "dotx": "docx",
    "pptx": "pptx",
    "pptm": "pptx",
    "ppsx": "pptx",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "md": "md",
    "markdown": "md",
    "csv": "csv",
    "tsv": "csv",
    "txt": "txt",
    "text": "txt",
}
_BINARY_SUFFIXES = {"pdf", "docx", "docm", "dotx", "pptx", "pptm", "ppsx", "xlsx", "xlsm", "doc", "xls", "ppt"}
_NAMES = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "pptx": "a PowerPoint presentation",
    "xlsx": "an Excel workbook",
    "html": "a web page",
    "md": "plain text",
    "csv": "plain text",
    "txt": "plain text",
}
_CLAIMS = {
    "pdf": "a PDF",
    "doc": "a Word document",
    "docm": "a Word document",
    "docx": "a Word document",
    "dotx": "a Word document",
    "ppt": "a PowerPoint presentation",
    "pptm": "a PowerPoint presentation",
    "pptx": "a PowerPoint presentation",
    "ppsx": "a PowerPoint presentation",
    "xls": "an Excel workbook",
    "xlsm": "an Excel workbook",
    "xlsx": "an Excel workbook",
}


def suffix_of(file_name: str) -> str:
    """The name's last suffix in lower case, without its dot; "" where it has none."""
    last = re.split(r"[/\\]", file_name)[-1]
    return PurePosixPath(last.strip()).suffix.lower().lstrip(".")[:16]


def sniff(data: bytes, file_name: str) -> str:
    """One of READ_FORMATS; raises UnreadableFileError, with what to do, for anything else."""
    if not data:
        raise UnreadableFileError(
            "This file is empty (0 bytes): download or save it again, and check its size before adding it."
        )
    suffix = suffix_of(file_name)
    head = data[:_HEAD]
    _refuse_foreign(data, head, suffix)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _sniff_zip(data)
    return _sniff_text(data, suffix)


def describe_mismatch(found: str, file_name: str) -> str:
    """A sentence for the reader where the name claims another format than the bytes are; else ""."""
    suffix = suffix_of(file_name)
    claimed = _SUFFIXES.get(suffix)
    if claimed is None or claimed == found or _NAMES[claimed] == _NAMES[found]:
        return ""
    return f"The file's name ends in .{suffix}, but it is {_NAMES[found]} and was read as one."


def _refuse_foreign(data: bytes, head: bytes, suffix: str) -> None:
    for what, doing in _foreign(data, head):
        claim = f", not {_CLAIMS[suffix]}" if suffix in _CLAIMS and "protected" not in what else ""
        raise UnreadableFileError(f"This file is {what}{claim}. {doing}")


def _foreign(data: bytes, head: bytes) -> Iterator[tuple[str, str]]:
    """What else than a document the file is, and what its owner can do about it."""
    picture = _picture_kind(head)
    if picture:
        yield (
            f"{'an' if picture in ('AVIF', 'ICO', 'SVG') else 'a'} {picture} picture",
            f"Give us the document it was taken from: {_READABLE}.",
        )
    for signature, name in _ARCHIVES:
        if head.startswith(signature):
            yield f"a {name} archive", "Unpack it and add the documents inside it one by one."
    if head[257:262] == b"ustar":
        yield "a tar archive", "Unpack it and add the documents inside it one by one."
    # "MZ" alone could begin a text; a program has control characters in its first line.
    if head.startswith(_PROGRAMS) and b"\x00" in head[:64]:
        yield "a program", f"It was not run; give us {_READABLE}."
    if _is_sound_or_film(head):
        yield "a sound or film recording", f"Give us its transcript as {_READABLE}."
    if head.startswith(_OLE):
        yield _describe_ole(data)
    if head.startswith(b"{\\rtf"):
        yield "a Rich Text (.rtf) document", "Open it in a word processor and save it as .docx or PDF."
    if head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6")):
        yield "a PostScript file", "Convert it to PDF and add that."
    if head.startswith(b"SQLite format 3\x00"):
        yield "a database", f"Export what is wanted from it as {_READABLE}."


def _picture_kind(head: bytes) -> str:
    for signature, name in _PICTURES:
        if head.startswith(signature):
            return name
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "BMP"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return "HEIC" if head[8:12] != b"avif" else "AVIF"
    if _root_element(head) == "svg":
        return "SVG"
    return ""


def _is_sound_or_film(head: bytes) -> bool:
    if head.startswith(_SOUNDS) and not head[:32].isascii():
        return True
    if head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI "):
        return True
    return head[4:8] == b"ftyp" or (head.startswith(b"ID3") and b"\x00" in head[:16])


def _describe_ole(data: bytes) -> tuple[str, str]:
    """The older Office container: also the wrapper of a password-protected .docx, .xlsx or .pptx.

    Its directory names its streams in UTF-16; where in the file the directory stands is not fixed.
    """
    for stream, what, doing in (
        (
            "EncryptedPackage",
            "protected with a password",
            "Open it in Office, remove the password (File, Info, Protect) and save it again.",
        ),
        ("WordDocument", "an old Word (.doc) document", "Open it in Word and save it as .docx or PDF."),
        ("Workbook", "an old Excel (.xls) workbook", "Open it in Excel and save it as .xlsx."),
        ("Book", "an old Excel (.xls) workbook", "Open it in Excel and save it as .xlsx."),
        (
            "PowerPoint Document",
            "an old PowerPoint (.ppt) presentation",
            "Open it in PowerPoint and save it as .pptx or PDF.",
        ),
        ("__substg1.0_", "an Outlook message (.msg)", "Save its text or its attachments and add those."),
    ):
        if stream.encode("utf-16-le") in data:
            return what, doing
    return "an old Office file", "Open it in Office and save it as .docx, .xlsx, .pptx or PDF."


_TYPES = {
    "wordprocessingml": "docx",
    "presentationml": "pptx",
    "spreadsheetml": "xlsx",
    "ms-word": "docx",
    "ms-powerpoint": "pptx",
    "ms-excel": "xlsx",
}
_MAIN_TYPE = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.)?"
    r"(wordprocessingml|presentationml|spreadsheetml|ms-word|ms-powerpoint|ms-excel)[.\w]{1,40}\.main\+xml"
)


def _sniff_zip(data: bytes) -> str:
    from bluelamp.documents.readers.office_package import open_zip  # lxml: not for a text file

    package = open_zip(data)
    names = set(package.namelist())
    if "[Content_Types].xml" in names:
        types = package.read("[Content_Types].xml")[:1_000_000].decode("utf-8", "replace")
        found = _MAIN_TYPE.search(types)
        if found:
            return _TYPES[found.group(1)]
        for folder, name in (("word/", "docx"), ("ppt/", "pptx"), ("xl/workbook.xml", "xlsx")):
            if any(each.startswith(folder) for each in names):
                return name
        if any(each.endswith("workbook.bin") for each in names):
            raise UnreadableFileError(
                "This file is a binary Excel workbook (.xlsb): open it in Excel and save it as .xlsx."
            )
    if "mimetype" in names:
        kind = package.read("mimetype")[:100].decode("ascii", "replace")
        if "opendocument" in kind:
            raise UnreadableFileError(
                "This file is an OpenDocument file: open it in an office program and save it as .docx, "
                ".xlsx, .pptx or PDF."
            )
        if "epub" in kind:
            raise UnreadableFileError("This file is an e-book (EPUB): convert it to PDF and add that.")
    raise UnreadableFileError("This file is a zip archive: unpack it and add the documents inside it one by one.")


_ROOT = re.compile(r"<([A-Za-z][\w.-]{0,60})(?::([A-Za-z][\w.-]{0,60}))?[\s>/]")


def _root_element(head: bytes) -> str:
    """The local name of the first element, if the file begins as mark-up does; lower case, else ""."""
    text = _decode_head(head).lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return ""
    doctype = re.match(r"(?:<\?[^>]{0,200}>\s{0,50})?<!doctype\s+(\w{1,20})", text, re.IGNORECASE)
    if doctype and doctype.group(1).lower() in ("html", "svg"):
        return doctype.group(1).lower()
    text = re.sub(r"<!--.*?(?:-->|$)", "", text, flags=re.DOTALL)
    found = _ROOT.search(text)
    if not found:
        return ""
    return (found.group(2) or found.group(1)).lower()


_HTML_STARTS = {"html", "head", "body", "title", "meta", "div", "p", "table", "h1", "h2", "h3", "section"}
_HTML_STARTS |= {"article", "main", "script", "style", "ul", "ol", "span"}


def _sniff_text(data: bytes, suffix: str) -> str:
    head = data[:65536]
    if not head.strip(b"\x00 \t\r\n"):
        if not data.strip(b"\x00 \t\r\n"):
            raise UnreadableFileError(
                "This file holds nothing but blank space: download or save it again and check it opens."
            )
    elif _looks_binary(head):
        claim = f" and is not {_CLAIMS[suffix]}, whatever its name says" if suffix in _CLAIMS else ""
        raise UnreadableFileError(
            f"This file is not of a kind we know{claim}, or it is damaged: give us {_READABLE}."
        )
    root = _root_element(data[:_HEAD])
    found = "txt"
    if root in _HTML_STARTS:
        # A Markdown file may begin with a tag; its name decides.
        found = "md" if _SUFFIXES.get(suffix) == "md" and root != "html" else "html"
    elif root and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise UnreadableFileError(f"This file is an XML file, not a document: give us {_READABLE}.")
    elif _SUFFIXES.get(suffix) in ("md", "csv", "html"):
        found = _SUFFIXES[suffix]
    if suffix in _BINARY_SUFFIXES:
        raise UnreadableFileError(
            f"This file is {_NAMES[found]}, not {_CLAIMS[suffix]}: a failed download often looks like this. "
            f"Download it again, or rename it to end in .{found} to read it as it is."
        )
    return found


def _decode_head(head: bytes) -> str:
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "ignore")
    if head[1:2] == b"\x00" and head[3:4] == b"\x00":
        return head.decode("utf-16-le", "ignore")
    return head.decode("latin-1")


def _looks_binary(head: bytes) -> bool:
    """Control characters that no text has. UTF-16 and UTF-32 have zeros, but in every other place."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return False
    zeros = head.count(0)
    if zeros:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        pairs = len(head) // 2 or 1
        if max(even, odd) > 0.4 * pairs and min(even, odd) < 0.05 * pairs:
            return False
        if zeros > 0.01 * len(head):
            return True
    controls = sum(head.count(code) for code in range(32) if code not in (0, 7, 8, 9, 10, 11, 12, 13, 26, 27))
    return controls > 0.02 * len(head)
