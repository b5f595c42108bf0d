"""What does the record keep of performance: figures with their vintages, reports with their releases, audits?"""

from __future__ import annotations

from bluelamp.performance.models.figures import KeptSeries, Load

__all__ = ["KeptSeries", "Load"]
