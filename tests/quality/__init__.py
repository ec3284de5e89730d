"""The quality gate: how well the reader reads, as figures that may not fall.

``python -m tests.quality.gate`` measures what can be measured in a few minutes and compares with floors.toml;
``python -m tests.quality.report`` measures everything and writes the figures into docs/quality.md.
"""
