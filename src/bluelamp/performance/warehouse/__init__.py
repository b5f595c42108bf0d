"""Where are the records that figures are counted from, which of them count, and what is wrong with them?

A folder of Parquet files beside the record database. Pure: no Django, no clock; the record of who loaded what is
kept by `performance.actions_records`.
"""
