"""By which letters does a spreadsheet name a column?"""

from __future__ import annotations

from itertools import product
from string import ascii_uppercase

import pytest
from openpyxl.utils import get_column_letter

from bluelamp.documents.readers.sheets_rows import column_number
from bluelamp.lib.sheet_columns import column_letters


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_name_them(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_every_column_of_a_sheet_is_named_in_the_order_of_its_letters() -> None:
    """The slow twin: all names of one, two and three letters, in order; and another writer of workbooks' own."""
    names = ["".join(letters) for width in (1, 2, 3) for letters in product(ascii_uppercase, repeat=width)][
        :16_384
    ]
    assert [column_letters(column) for column in range(16_384)] == names
    assert [get_column_letter(column + 1) for column in range(16_384)] == names
    assert [column_number(name) - 1 for name in names] == list(range(16_384))
