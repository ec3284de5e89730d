"""What happened, and which party does a text tie to it."""
