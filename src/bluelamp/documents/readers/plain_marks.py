"""What does a line of Markdown-like text say once its formatting marks are taken away?"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

# str.splitlines breaks lines at these; here they are white space, so that line numbers agree with the file.
BREAKS_BUT_LF = str.maketrans(dict.fromkeys("\x0b\x1c\x1d\x1e\x85\u2028\u2029", " "))
CONTROLS = str.maketrans({chr(code): " " for code in [*range(9), *range(14, 32), 127]})

_SPECIAL = re.compile(r"[*_\[\\<&#>`|]")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t])[ \t]*")
_CLOSING_HASHES = re.compile(r"(?<=\s)#{1,6}[ \t]*$")
_QUOTED = re.compile(r"^ {0,3}>(?: |$)")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]{0,200}\]", re.IGNORECASE)
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\s\\]|\\.|\([^()\s]*\)){0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_GLUED_TAGS = "b|i|u|em|strong|span|sup|sub|a|font|small|mark|code|del|ins|s|strike|abbr|cite"
_PARTING_TAGS = "br|p|ul|ol|li|div|tr|table|tbody|thead|hr|img|h[1-6]|blockquote|center|section|figure|pre"
_GLUED_TAG = re.compile(rf"</?(?:{_GLUED_TAGS})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_PARTING_TAG = re.compile(rf"</?(?:{_PARTING_TAGS})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>(?=.)", re.IGNORECASE)
_CELL_TAG = re.compile(r"</?t[dh](?:\s[^<>]{0,500})?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]{0,2000}-->")
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|ndash|mdash|pound|hellip|[lr][sd]quo|#\d{1,6}|#x[0-9a-f]{1,5});", re.I
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])((?:[^*_]|\*(?!\*)|_(?!_))*?)(?<=[^\s])\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]*)(?<=[^\s*\\])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w\\])_(?=[^\s_])([^_]*)(?<=[^\s_\\])_(?!\w)")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_PROTECTED = "\ue0f0"  # stands for an escaped character while emphasis is sought


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its marks.

    `level`: of a Markdown heading, else 0. `rule`: it ruled a pipe table's head off. `link`: it is one link.
    """

    text: str
    level: int = 0
    strong: bool = False
    rule: bool = False
    link: bool = False


def strip_marks(raw: str) -> Marked:
    """One line (no line break in it) without formatting marks; nothing else is changed."""
    if not _SPECIAL.search(raw):
        return Marked(raw)
    if "|" in raw and "--" in raw and not raw.strip("|:- \t"):
        return Marked("", rule=True)
    text = _QUOTED.sub("", raw)
    heading = _HEADING.match(text)
    level = len(heading.group(1)) if heading else 0
    strong = _is_all_strong(text[heading.end() :] if heading else text)
    if heading:
        text = _CLOSING_HASHES.sub("", text[heading.end() :])
    row = text.strip()
    if len(row) > 2 and row[0] == row[-1] == "|" and not row.endswith("\\|"):
        text = "\t".join(cell.strip() for cell in _BARE_PIPE.split(row[1:-1]))
    link = not level and text.lstrip().startswith("[") and bool(_LINK.fullmatch(text.strip()))
    return Marked(_plain(text), level, strong, link=link)


def _plain(text: str) -> str:
    if "[" in text:
        text = _BOOKMARK.sub("", text)
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _without_tags(text)
    escapes: list[str] = []
    if "\\" in text:
        escapes = _ESCAPE.findall(text)
        text = _ESCAPE.sub(_PROTECTED, text)
    if "*" in text or "_" in text:
        text = _STRONG.sub(r"\2", text)
        text = _UNDERLINED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: _one_line(html.unescape(found.group())), text)
    if escapes:
        pieces = iter(escapes)
        text = re.sub(_PROTECTED, lambda _: next(pieces, ""), text)
    return text


def _one_line(text: str) -> str:
    return (
        text.translate(BREAKS_BUT_LF).translate(CONTROLS).replace("\n", " ").replace("\r", " ").replace("\f", " ")
    )


def _without_tags(text: str) -> str:
    text = _AUTOLINK.sub(r"\1", _COMMENT.sub("", text))
    text = _CELL_TAG.sub("", _CELL_END.sub("\t", text))
    return _PARTING_TAG.sub(" ", _GLUED_TAG.sub("", text))


def _is_all_strong(text: str) -> bool:
    """Is nothing but white space left of the words when their bold runs are taken away?"""
    body = text.strip().rstrip("#").rstrip()
    if body.startswith("<"):
        return bool(re.fullmatch(r"<(b|strong)>[^<>]*</\1>(?:[ \t]*[\divxl]+)?", body, re.IGNORECASE))
    return body.startswith(("**", "__")) and not _STRONG.sub("", body).strip()
