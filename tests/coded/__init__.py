"""Records that others coded."""
