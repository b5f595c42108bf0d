"""What do the records come to? A measure's definition becomes one cube plan, an engine counts it, Python computes.

Pure: no Django, no clock. Engines only filter, join, group, count and sum (and take the least and the most), so
two of them cannot disagree; ratios, intervals and what may be said are worked out here, once, from the counts.
"""
