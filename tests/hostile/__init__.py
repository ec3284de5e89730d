"""Attacks on the reader: bytes, texts and sizes that somebody means ill by, or that the web simply has."""
