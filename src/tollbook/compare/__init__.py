"""Comparing: one sentence with many claims (``check``), one report with another (``reports``)."""
