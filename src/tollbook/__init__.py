"""Tollbook turns news reports into a record that can be checked."""

__version__ = "0.1.0"
