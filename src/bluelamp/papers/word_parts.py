"""What stands in a Word file beside its words: lists, relationships, properties, settings?"""

from __future__ import annotations

from typing import Final

from lxml import etree

from bluelamp.papers.model import Paper
from bluelamp.papers.word_blocks import BULLETS, CHAPTERS, FIRST_NUMBERS, Margins
from bluelamp.papers.word_pictures import Picture
from bluelamp.papers.word_xml import Element, serialise, w

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM: Final = 357  # twentieths of a point that the words of a list stand in from its marks


# -- lists


def make_numbering(margins: Margins, numbered_lists: int) -> bytes:
    """The chapters with their paragraphs, the bullets, and one list for each numbered list."""
    gutter = margins.gutter
    chapters = [
        _level(0, "decimal", "%1", margins.references + margins.numbers, margins.numbers),
        _level(1, "decimal", "%1.%2", gutter, margins.numbers),
    ]
    bullets = [_level(0, "bullet", "•", gutter + _ITEM, _ITEM)]
    numbers = [_level(0, "decimal", "%1.", gutter + _ITEM, _ITEM)]
    kinds = (chapters, bullets, numbers)
    made = w("numbering")
    for nth, levels in enumerate(kinds):
        many = "multilevel" if len(levels) > 1 else "singleLevel"
        made.append(w("abstractNum", w("multiLevelType", val=many), *levels, abstractNumId=nth))
    for number in (CHAPTERS, BULLETS):
        made.append(w("num", w("abstractNumId", val=number - 1), numId=number))
    for nth in range(numbered_lists):
        again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        made.append(w("num", w("abstractNumId", val=2), again, numId=FIRST_NUMBERS + nth))
    return serialise(made)


def _level(nth: int, form: str, text: str, left: int, hanging: int) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=left, hanging=hanging)),
        ilvl=nth,
    )


# -- relationships and properties


def make_relationships(targets: dict[str, str], pictures: list[Picture]) -> bytes:
    """What document.xml leads to: its own parts, then links out of the file."""
    own = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdNumbering": ("numbering", "numbering.xml"),
        "rIdSettings": ("settings", "settings.xml"),
        "rIdHeader": ("header", "header1.xml"),
        "rIdFooter": ("footer", "footer1.xml"),
        "rIdFooterTurned": ("footer", "footer2.xml"),
        **{picture.relationship: ("image", f"media/{picture.file_name}") for picture in pictures},
    }
    entries = [
        {"Id": number, "Type": f"{_OFFICE}/{kind}", "Target": target} for number, (kind, target) in own.items()
    ]
    entries += [
        {"Id": number, "Type": f"{_OFFICE}/hyperlink", "Target": target, "TargetMode": "External"}
        for target, number in targets.items()
    ]
    # Without a prefix: LibreOffice 7.4 does not open a file whose relationships have one.
    namespace = f"{_PACKAGE}/relationships"
    root = etree.fromstring(f'<Relationships xmlns="{namespace}"/>'.encode())
    for entry in entries:
        etree.SubElement(root, f"{{{namespace}}}Relationship", attrib=entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def make_core(paper: Paper) -> bytes:
    """Title, subject, language, marking and the day it speaks of; nobody's name, and no time of any machine."""
    dublin, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    core, schema = f"{_PACKAGE}/metadata/core-properties", "http://www.w3.org/2001/XMLSchema-instance"
    root = etree.Element(
        f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dublin, "dcterms": terms, "xsi": schema}
    )
    said: dict[str, str] = {
        f"{{{dublin}}}title": " ".join(paper.title.split()),
        f"{{{dublin}}}subject": paper.subtitle,
        f"{{{core}}}keywords": paper.marking.value,
        f"{{{dublin}}}language": paper.language,
    }
    for tag, words in said.items():
        etree.SubElement(root, tag).text = words
    for tag in ("created", "modified"):
        made = etree.SubElement(root, f"{{{terms}}}{tag}")
        made.set(f"{{{schema}}}type", "dcterms:W3CDTF")
        made.text = f"{paper.as_of.isoformat()}T00:00:00Z"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- parts that are the same in every paper


def make_parts() -> dict[str, bytes]:
    said = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relationships(),
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>Bluelamp</Application></Properties>"
        ),
    }
    settings = w(
        "settings",
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            w(
                "compatSetting",
                name="compatibilityMode",
                uri="http://schemas.microsoft.com/office/word",
                val=15,
            ),
        ),
        w("themeFontLang", val="en-GB"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )
    return {name: (_HEAD + text).encode() for name, text in said.items()} | {
        "word/settings.xml": serialise(settings)
    }


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    own = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{own}</Types>'


def _package_relationships() -> str:
    kinds = {
        "word/document.xml": f"{_OFFICE}/officeDocument",
        "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
        "docProps/app.xml": f"{_OFFICE}/extended-properties",
    }
    entries = "".join(
        f'<Relationship Id="rId{nth}" Type="{kind}" Target="{name}"/>'
        for nth, (name, kind) in enumerate(kinds.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
