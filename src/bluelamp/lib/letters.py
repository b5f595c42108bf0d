"""By which words does a letter open, and by which is it signed?"""

from __future__ import annotations

import re
from typing import Final

SALUTATION: Final = re.compile(r"dear\s+\w[^,.:]{0,60}(?:[,:]|$)", re.I)
SIGNED: Final = re.compile(
    r"yours (?:sincerely|faithfully|truly)\b|(?:with )?(?:my )?(?:very )?(?:best|kind|kindest|warm)"
    r" (?:wishes|regards)\W*$",
    re.I,
)
