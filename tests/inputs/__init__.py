"""Inputs beyond text, HTML and JSON lines."""
