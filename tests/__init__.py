"""Tests of Tollbook; they mirror the source, each says in its docstring what it shows."""
