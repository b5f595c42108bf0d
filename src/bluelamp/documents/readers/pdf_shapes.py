"""Where are the rules, borders and shaded areas of a page?"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bluelamp.documents.blocks import Box
from bluelamp.documents.readers.pdf_marks import Area, Marks, Rule

Place = Callable[[float, float], tuple[float, float]]

OBJECTS_AT_MOST = 20_000
"""Of one page. A page of figures with every cell drawn has about 3,000; maps and charts have more."""
THIN = 3.0  # points; a wider one is an area, not a rule
SHORT = 5.0  # points; shorter rules are parts of letters and pictures
DOT = (1.5, 6.5)  # points across: a bullet drawn as a shape, not as a letter
_NESTING_AT_MOST = 4


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: _Matrix) -> _Matrix:
        """First `inner`, then this."""
        e, f = self.apply(inner.e, inner.f)
        return _Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


def read_shapes(page: pdfium.PdfPage, place: Place, marks: Marks) -> None:
    """Adds the page's rules, areas and number of pictures to `marks`."""
    shapes = _Shapes(place, marks)
    count = raw.FPDFPage_CountObjects(page.raw)
    shapes.read((raw.FPDFPage_GetObject(page.raw, i) for i in range(count)), _Matrix(), 0)


class _Shapes:
    def __init__(self, place: Place, marks: Marks) -> None:
        self.place = place
        self.marks = marks
        self.left = OBJECTS_AT_MOST
        self.edges = [ctypes.c_float() for _ in range(4)]

    def read(self, objects: Iterator[Any], matrix: _Matrix, depth: int) -> None:
        for found in objects:
            self.left -= 1
            if self.left < 0:
                return
            kind = raw.FPDFPageObj_GetType(found)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._read_path(found, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._read_picture(found, matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _NESTING_AT_MOST:
                inner = matrix.after(_matrix_of(found))
                count = raw.FPDFFormObj_CountObjects(found)
                self.read((raw.FPDFFormObj_GetObject(found, i) for i in range(count)), inner, depth + 1)

    def _read_picture(self, picture: Any, matrix: _Matrix) -> None:
        self.marks.pictures += 1
        left, bottom, right, top = self.edges
        whole = self.marks.width * self.marks.height
        if whole > 0 and raw.FPDFPageObj_GetBounds(picture, left, bottom, right, top):
            box = self._seen(matrix, left.value, bottom.value, right.value, top.value)
            covered = max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0) / whole
            self.marks.pictured = max(self.marks.pictured, min(covered, 1.0))

    def _read_path(self, path: Any, matrix: _Matrix) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(path, mode, stroke):
            return
        filled = mode.value != 0 and not _is_pale(path, raw.FPDFPageObj_GetFillColor)
        bordered = stroke.value != 0 and not _is_pale(path, raw.FPDFPageObj_GetStrokeColor)
        if not filled and not bordered:
            return
        left, bottom, right, top = self.edges
        if not raw.FPDFPageObj_GetBounds(path, left, bottom, right, top):
            return
        box = self._seen(matrix, left.value, bottom.value, right.value, top.value)
        segments = raw.FPDFPath_CountSegments(path)
        wide, high = box[2] - box[0], box[3] - box[1]
        if DOT[0] <= wide <= DOT[1] and abs(wide - high) < 1:
            self.marks.dots.append(box)
            return
        if min(box[2] - box[0], box[3] - box[1]) <= THIN or segments <= 5 or (filled and segments < 20):
            if segments != 3:  # a triangle is no box
                self._add(box, filled, bordered)
        elif segments <= 4000:
            self._read_segments(path, segments, matrix.after(_matrix_of(path)))

    def _seen(self, matrix: _Matrix, left: float, bottom: float, right: float, top: float) -> Box:
        xa, ya = self.place(*matrix.apply(left, bottom))
        xb, yb = self.place(*matrix.apply(right, top))
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _add(self, box: Box, filled: bool, bordered: bool) -> None:
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if high <= THIN and wide >= SHORT:
            self.marks.across.append(Rule((top + bottom) / 2, left, right))
        elif wide <= THIN and high >= SHORT:
            self.marks.down.append(Rule((left + right) / 2, top, bottom))
        elif wide > SHORT and high > SHORT:
            self.marks.areas.append(Area(box, filled, bordered))

    def _read_segments(self, path: Any, count: int, matrix: _Matrix) -> None:
        """One path that draws many rules (a whole grid)."""
        x, y = ctypes.c_float(), ctypes.c_float()
        last: tuple[float, float] | None = None
        for i in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, i)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            point = self.place(*matrix.apply(x.value, y.value))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_LINETO and last:
                (xa, ya), (xb, yb) = last, point
                if abs(ya - yb) < 0.5 or abs(xa - xb) < 0.5:
                    self._add((min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)), False, True)
            last = point


def _matrix_of(found: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(found, matrix):
        return _Matrix()
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _is_pale(path: Any, get: Callable[..., int]) -> bool:
    """White, or nearly transparent: nothing that one sees."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(path, red, green, blue, alpha):
        return False
    return alpha.value < 10 or min(red.value, green.value, blue.value) >= 252
