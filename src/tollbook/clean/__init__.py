"""clean: a page becomes a Document: article in, furniture out, every offset kept."""
