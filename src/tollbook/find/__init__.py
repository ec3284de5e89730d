"""find: which words of a document state a claim."""
