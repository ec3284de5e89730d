"""Which claims speak of one incident: accounts, candidate pairs, their weights, clusters, and where the numbers come from.

Pure functions over records: no database, no clock. Splink and DuckDB are handed in by :mod:`tollbook.link.splink_engine`.
"""
