"""Small papers of bodies that do not exist, for the tests of claims."""

from __future__ import annotations

from bluelamp.checks.model import Subject
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.checking import read_subject

HARROWDALE = """# Harrowdale Constabulary: Quarterly Performance Report to December 2022

Figures are for the 12 months to the date shown.

## Overview

| Ref | Measure | Dec 2020 | Dec 2021 | Dec 2022 |
|---|---|---|---|---|
| A1 | All recorded crime | 48,112 | 52,340 | 55,019 |
| A2 | Domestic abuse crimes | 9,004 | 9,870 | 9,655 |
| A3 | Domestic abuse arrests rate | 41.2% | 38.7% | 40.1% |
| A4 | Hate crime | 1,102 | 1,260 | 1,333 |
| A5 | Public confidence | 61% | 58% | 57% |
| A6 | 101 calls abandoned | 8.2% | 14.9% | 11.0% |
| A7 | Average time to answer 999 calls (seconds) | 6 | 11 | 9 |
| A8 | Stop and search | 4,410 | 3,906 | 4,102 |

## Commentary

"""
BRACKENSHIRE = """# Brackenshire Police: Performance Digest to September 2023

## Acquisitive crime

| Measure | 12 months to Sep 2022 | 12 months to Sep 2023 | Change | % change |
|---|---|---|---|---|
| Residential burglary | 1,840 | 1,602 | -238 | -12.9% |
| Theft from the person | 412 | 519 | +107 | +26.0% |
| Shoplifting | 5,210 | 6,873 | +1,663 | +31.9% |
| Vehicle crime | 2,904 | 2,911 | +7 | +0.2% |
| Bicycle theft | 640 | 321 | -319 | -49.8% |

"""
FELLMOOR = """# Fellmoor Fire and Rescue Authority: Service Report 2022/23

Prepared for the Performance Committee. First Call Time (FCT) is the share of calls answered within seven seconds.

## Response and prevention

| Indicator | 2020/21 | 2021/22 | 2022/23 |
|---|---|---|---|
| Accidental dwelling fires | 310 | 284 | 297 |
| Deliberate fires | 905 | 1,012 | 1,158 |
| First call time | 91.2% | 93.0% | 90.4% |
| Home safety visits completed | 12,480 | 10,955 | 14,021 |
| Firefighter sickness rate | 4.1% | 5.6% | 5.2% |

"""
STONEWICK = """# Stonewick Hospitals Trust: Board Performance Report

## Emergency care

| Month | A&E attendances | Four-hour performance | Ambulance handover delays |
|---|---|---|---|
| January 2024 | 8,412 | 71.3% | 402 |
| February 2024 | 8,007 | 73.0% | 371 |
| March 2024 | 8,955 | 69.8% | 455 |

"""
LYNDALE = """# Lyndale Police and Crime Panel: Report of the Commissioner, June 2022

## Workforce

| | 31 March 2020 | 31 March 2021 | 31 March 2022 |
|---|---|---|---|
| Police officers | 1,812 | 1,873 | 1,951 |
| Police staff | 1,204 | 1,190 | 1,176 |
| PCSOs | 188 | 171 | 165 |
| Special constables | 242 | 219 | 187 |

## Commentary

"""
RAVENSMOOR = """# Ravensmoor Police: Annual Performance Report 2022/23

## 1. Performance summary

| Measure | 2021/22 | 2022/23 | Change (%) |
|---|---|---|---|
| Violence with injury | 4,210 | 4,463 | +6.0% |
| Robbery | 318 | 291 | -8.5% |
| Domestic burglary | 2,015 | 1,744 | -13.4% |
| Anti-social behaviour incidents | 15,620 | 14,138 | -9.5% |
| Positive outcome rate | 17.4% | 19.1% | +1.7% pts |
| 999 calls answered within 10 seconds | 82.3% | 88.9% | +6.6% pts |
| Officer headcount (FTE) | 2,104.5 | 2,166.2 | +2.9% |
| Total budget (£m) | £214.6m | £221.9m | +3.4% |

## 2. Narrative

"""
KESTREL = """# Kestrel Valley Police and Crime Commissioner: Delivery Report

## Trends

| Indicator | Year to Mar 2022 | Year to Jun 2022 | Year to Sep 2022 | Year to Dec 2022 | Year to Mar 2023 | +/- |
|---|---|---|---|---|---|---|
| Rape offences | 702 | 715 | 731 | 748 | 760 | +58 |
| Rape: charge rate | 4.1% | 4.4% | 5.0% | 5.6% | 6.3% | +2.2% pts |
| Modern slavery referrals | 88 | 91 | 97 | 96 | 84 | -4 |
| Drug driving arrests | 512 | 498 | 530 | 561 | 604 | +92 |
| Killed or seriously injured on roads | 391 | 402 | 388 | 379 | 377 | -14 |

### Rape and serious sexual offences

"""


def read_paper(text: str, name: str = "paper.md") -> Subject:
    return read_subject(read_bytes(text.encode(), file_name=name), name=name)
