"""What lists, facets, the map and the search are answered from: a copy of the ledger in a SQLite file of our own.

The copy lies in a temporary folder that only this user can read, is brought up to date whenever the ledger has moved
on, and is deleted when the server ends; a redaction makes it anew. So one set of queries serves both kinds of ledger, a
ledger that is opened for reading only can be searched, and nothing that was erased lingers.
"""

from tollbook.web.index.copy import Index

__all__ = ["Index"]
