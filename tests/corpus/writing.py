"""How does a made paper become a file: text, Markdown, HTML, Word, Excel, PDF?"""

from __future__ import annotations

import html
import io
import re

from tests.corpus.made import File, Grid, Head, Item, Piece

FORMS = ("txt", "md", "html", "docx", "pdf", "xlsx")
_SPECIAL = re.compile(r"([\\#$*_`<>@~\[\]=/+-])")


def write(file: File) -> bytes:
    return {"txt": _txt, "md": _md, "html": _html, "docx": _docx, "pdf": _pdf, "xlsx": _xlsx}[file.form](file)


def _item(piece: Item) -> str:
    return f"{piece.marker} {piece.words}"


def _txt(file: File) -> bytes:
    lines: list[str] = []
    for piece in file.pieces:
        if isinstance(piece, Grid):
            lines += ["\t".join(row) for row in piece.rows] if file.look % 2 else _aligned(piece)
        else:
            lines.append(_item(piece) if isinstance(piece, Item) else piece.words)
        if not isinstance(piece, Item):
            lines.append("")
    return "\n".join(lines).encode()


def _aligned(grid: Grid) -> list[str]:
    widths = [max(len(row[n]) for row in grid.rows if n < len(row)) + 3 for n in range(len(grid.rows[0]))]
    return [
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in grid.rows
    ]


def _md(file: File) -> bytes:
    lines: list[str] = []
    for piece in file.pieces:
        if isinstance(piece, Head):
            lines.append(f"{'#' * piece.level} {piece.words}")
        elif isinstance(piece, Grid):
            rows = ["| " + " | ".join(row) + " |" for row in piece.rows]
            lines += [rows[0], "|" + "---|" * len(piece.rows[0]), *rows[1:]]
        elif isinstance(piece, Item):
            lines.append(_item(piece) if piece.marker != "-" else f"- {piece.words}")
        else:
            lines.append(f"**{piece.words}**" if piece.strong else piece.words)
        lines.append("")
    return "\n".join(lines).encode()


def _html(file: File) -> bytes:
    parts = ["<!doctype html><html lang=en><head><meta charset=utf-8><title>Paper</title></head><body>"]
    for piece in file.pieces:
        if isinstance(piece, Head):
            parts.append(f"<h{piece.level}>{html.escape(piece.words)}</h{piece.level}>")
        elif isinstance(piece, Grid):
            parts.append(_html_table(piece))
        elif isinstance(piece, Item):
            parts.append(f"<p>{html.escape(_item(piece))}</p>")
        else:
            words = html.escape(piece.words)
            parts.append(f"<p><strong>{words}</strong></p>" if piece.strong else f"<p>{words}</p>")
    return ("\n".join(parts) + "</body></html>").encode()


def _html_table(grid: Grid) -> str:
    rows = []
    for index, row in enumerate(grid.rows):
        tag = "th" if index == 0 and grid.headed else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>")
    return "<table>" + "".join(rows) + "</table>"


def _docx(file: File) -> bytes:
    import docx

    word = docx.Document()
    for piece in file.pieces:
        if isinstance(piece, Head):
            word.add_heading(piece.words, level=piece.level)
        elif isinstance(piece, Grid):
            table = word.add_table(rows=len(piece.rows), cols=len(piece.rows[0]))
            for row, texts in zip(table.rows, piece.rows, strict=True):
                for cell, words in zip(row.cells, texts, strict=True):
                    cell.text = words
        elif isinstance(piece, Item):
            word.add_paragraph(_item(piece))
        else:
            word.add_paragraph().add_run(piece.words).bold = piece.strong
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _pdf(file: File) -> bytes:
    import typst

    stroke = ("0.5pt", "none", "(y: 0.4pt)")[file.look % 3]
    size = ("10pt", "11pt", "9pt")[file.look % 3]
    parts = [
        f'#set page(paper: "a4", margin: 2cm, footer: context align(center)[#counter(page).display()])\n'
        f"#set text({size})\n#set par(justify: false)"
    ]
    for piece in file.pieces:
        parts.append(_typst(piece, stroke))
    made = typst.compile("\n\n".join(parts).encode())
    assert isinstance(made, bytes)
    return made


def _typst(piece: Piece, stroke: str) -> str:
    if isinstance(piece, Head):
        return f"{'=' * piece.level} {_escape(piece.words)}"
    if isinstance(piece, Grid):
        cells = ", ".join(f"[{_escape(cell)}]" for row in piece.rows for cell in row)
        width = len(piece.rows[0])
        align = "left" if width == 2 and not piece.headed else f"(left,) + (right,) * {width - 1}"
        return f"#table(columns: {width}, stroke: {stroke}, align: {align}, {cells})"
    if isinstance(piece, Item):
        return _escape(_item(piece))
    return f"*{_escape(piece.words)}*" if piece.strong else _escape(piece.words)


def _escape(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)


_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?P<digits>\d{1,3}(?:,\d{3})*|\d+)(?P<rest>\.\d+)?(?P<percent>%)?\)?"
)


def _xlsx(file: File) -> bytes:
    """One sheet: words in the first column, tables as cells, numbers as numbers under a format."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Report")
    bold, at = book.add_format({"bold": True}), 0
    for piece in file.pieces:
        if isinstance(piece, Grid):
            for index, row in enumerate(piece.rows):
                for column, cell in enumerate(row):
                    if index == 0 and piece.headed:
                        sheet.write_string(at, column, cell, bold)
                    elif cell:
                        _write_cell(book, sheet, at, column, cell)
                at += 1
            at += 1
        else:
            words = _item(piece) if isinstance(piece, Item) else piece.words
            sheet.write_string(at, 0, words, bold if isinstance(piece, Head) else None)
            at += 2
    book.close()
    return stream.getvalue()


def _write_cell(book: object, sheet: object, row: int, column: int, cell: str) -> None:
    found = _NUMBER.fullmatch(cell)
    if found is None:
        sheet.write_string(row, column, cell)  # type: ignore[attr-defined]
        return
    decimals = "." + "0" * (len(found["rest"]) - 1) if found["rest"] else ""
    value = float(found["digits"].replace(",", "") + (found["rest"] or ""))
    value = -value if found["open"] or found["sign"] == "-" else value
    form = f"#,##0{decimals}" if not found["percent"] else f"0{decimals}%"
    if found["open"]:
        form = f"{form};({form})"
    elif found["sign"]:
        form = f"+{form};-{form}"
    style = book.add_format({"num_format": form})  # type: ignore[attr-defined]
    sheet.write_number(row, column, value / 100 if found["percent"] else value, style)  # type: ignore[attr-defined]
