"""Records that people coded elsewhere (UCDP GED, ACLED, Airwars, MAVERICK and their like) as claims without a text.

``mapping`` reads what a mapping says, ``cells`` one cell, ``records`` one row, ``reading`` a file; ``against`` lays the
records of a monitor beside a ledger, ``chart`` draws it.
"""
