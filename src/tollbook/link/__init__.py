"""Which claims speak of one incident: accounts, candidate pairs, weights, clusters, and where numbers come from.

Pure functions over records: no database, no clock. Splink and DuckDB come in by :mod:`tollbook.link.splink_engine`.
"""
