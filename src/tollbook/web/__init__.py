"""The ledger in a browser: five screens, every list also as JSON, JSON lines, CSV and GeoJSON.

:func:`tollbook.web.app.create_app` makes the application. Pages are answered from :mod:`tollbook.web.index`, a copy of
what lists need; whatever is judged or added goes to the ledger.
"""
