"""What words does a made file hold, read by somebody else's library?"""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pypdfium2
from docx.oxml.ns import qn
from lxml import html

from bluelamp.papers.model import Rendered


def words_of_pdf(made: Rendered) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(made.data)
    return [page.get_textpage().get_text_bounded() for page in document]


def words_of_docx(made: Rendered) -> str:
    """All paragraphs, those in tables and controls too, in the order of the file."""
    body = docx.Document(io.BytesIO(made.data)).element.body
    said = []
    for node in body.iter(qn("w:t"), qn("w:br"), qn("w:p")):
        said.append((node.text or "") if node.tag == qn("w:t") else "\n")
    return "".join(said)


def words_of_html(made: Rendered) -> str:
    page = html.fromstring(made.data.decode())
    for line_end in page.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")
    return str(page.find("body").text_content())


def words_of_xlsx(made: Rendered) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    return [
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


def folded(text: str) -> str:
    """Without white space and marks that only say where a line may break."""
    return re.sub(r"[\s\u00ad\u200b\ufeff\ufffe]+", "", text)
