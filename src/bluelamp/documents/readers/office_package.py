"""What is inside an office file (a zip of XML parts), opened so that it cannot hurt whoever reads it?"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from bluelamp.documents.document import UnreadableFileError

# Real board packs stay far below: the largest seen had 3,000 entries and 90 MB of XML. Pictures are never opened.
MOST_ENTRIES = 20_000
MOST_PART_BYTES = 200_000_000
MOST_XML_BYTES = 400_000_000
MOST_RATIO = 250  # XML packs 10 to 60 times; a bomb 1,000 times
RATIO_FROM_BYTES = 20_000_000  # small parts may pack well without harm

_BOMB = (
    "This file unpacks to far more than its size, as files made to do harm do, so it was not opened: "
    "save it again in Office, or ask its sender for a PDF."
)
DAMAGED = "This file is damaged or cut short: download it again, or open and save it in Office."
_LOCKED = "This file is protected with a password: remove the password and save it again."


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, its entries counted and their declared sizes checked before any is opened."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableFileError(DAMAGED) from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnreadableFileError(
            f"This file has {len(entries):,} parts inside it, more than the {MOST_ENTRIES:,} that we open: "
            "save it again in Office, or ask its sender for a PDF."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFileError(_LOCKED)
    xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels", ".vml"))]
    if sum(entry.file_size for entry in xml) > MOST_XML_BYTES or any(_is_bomb(entry) for entry in xml):
        raise UnreadableFileError(_BOMB)
    return archive


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > MOST_PART_BYTES:
        return True
    packed = max(1, entry.compress_size)
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size / packed > MOST_RATIO


@dataclass(frozen=True, slots=True)
class Relationship:
    kind: str  # the last word of the type's address: "slide", "hyperlink", "footnotes"
    target: str  # a part's name, or an address where external
    external: bool


class OfficePackage:
    """The parts of one office file. Reads only what is asked for, and never a part twice over its limit."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_zip(data)
        self._unpacked = 0
        self._names = {_normal(name): name for name in self._archive.namelist()}

    def __contains__(self, part: str) -> bool:
        return _normal(part) in self._names

    @cached_property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def read(self, part: str) -> bytes:
        """The part's bytes. What the archive declares may be a lie, so what comes out is counted too."""
        name = self._names.get(_normal(part))
        if name is None:
            raise UnreadableFileError(DAMAGED)
        chunks: list[bytes] = []
        size = 0
        packed = max(1, self._archive.getinfo(name).compress_size)
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(1 << 20):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    too_dense = size > RATIO_FROM_BYTES and size / packed > MOST_RATIO
                    if too_dense or size > MOST_PART_BYTES or self._unpacked > MOST_XML_BYTES:
                        raise UnreadableFileError(_BOMB)
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableFileError(DAMAGED) from error
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise UnreadableFileError(_LOCKED) from error
        return b"".join(chunks)

    def xml(self, part: str) -> etree._Element:
        """The part's root element; no entity of its own is ever expanded, no address ever opened."""
        return parse_xml(self.read(part))

    def optional_xml(self, part: str) -> etree._Element | None:
        return self.xml(part) if part in self else None

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The part's relationships by identifier; {} where it has none. `part` "" is the package itself."""
        folder, name = posixpath.split(part)
        root = self.optional_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for element in root if root is not None else ():
            if not isinstance(element.tag, str):
                continue
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                joined = target if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(joined).lstrip("/")
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relationship(kind, target, external)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts inside the package that `part` points to with this kind of relationship."""
        return [
            each.target
            for each in self.relationships(part).values()
            if each.kind == kind and not each.external and each.target in self
        ]

    def main_part(self) -> str:
        for name in self.related("", "officeDocument"):
            return name
        raise UnreadableFileError(DAMAGED)

    @cached_property
    def title(self) -> str:
        """The title in the file's own properties, in one line; "" where there is none."""
        for part in self.related("", "core-properties"):
            found = self.xml(part).find("{http://purl.org/dc/elements/1.1/}title")
            if found is not None and found.text:
                return clean(found.text)[:500].strip()
        return ""


def _normal(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_document_type(data: bytes) -> None:
    """Office XML never has a document type; one that has is refused before it is parsed."""
    # In UTF-16 every other byte is zero.
    seen = data.replace(b"\x00", b"") if b"\x00" in data[:64] else data
    if _DOCTYPE.search(seen):
        raise UnreadableFileError(
            "This file defines entities of its own, which office files never need and harmful ones use, "
            "so it was not read: open it in Office and save it again."
        )


def parse_xml(data: bytes) -> etree._Element:
    """The root element of a part of an office file."""
    refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding the search above cannot see
        raise UnreadableFileError(DAMAGED)
    return root


# What would break a line or a page in Python or in a browser, and what shows as nothing.
_BREAKS = re.compile(r"[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029 ]+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The words in one line: breaks become a space, invisible characters go."""
    if text.isprintable():  # most cells: a quarter of the time on a large sheet
        return text
    return _BREAKS.sub(" ", _INVISIBLE.sub("", text))
