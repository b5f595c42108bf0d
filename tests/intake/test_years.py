"""Which year stands in a reference?"""

from __future__ import annotations

import pytest

from bluelamp.intake.years import Year, find_year


@pytest.mark.parametrize(
    ("published", "cycle", "text", "expected"),
    [
        ("2022-04-14", (2021, 2023), "2021", Year(2022, guessed=False)),
        ("2022", None, "", Year(2022, guessed=False)),
        ("", (2016, 2016), "published 2017", Year(2016, guessed=True)),
        ("", (2021, 2023), "in 2014 and 2022", Year(2022, guessed=True)),
        ("", (2021, 2023), "in 2022 and 2024", Year(2022, guessed=True)),
        ("", (2021, 2023), "in 2024", Year(2024, guessed=True)),
        ("", (2007, 2009), "1996" + " " * 4000 + "2008, 2008 and 2007", Year(2008, guessed=True)),
        ("", (2007, 2009), "", Year(2007, guessed=True)),
        ("", None, "from 2016 to 2017", Year(2017, guessed=True)),
        ("", None, "by 2031", None),
        ("", None, "£2017 and 2,017 and 12.2017", None),
        ("", None, "", None),
    ],
)
def test_the_year_and_whether_it_is_a_guess(
    published: str, cycle: tuple[int, int] | None, text: str, expected: Year | None
) -> None:
    assert find_year(published=published, cycle=cycle, text=text, today=2026) == expected
