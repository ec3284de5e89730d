"""Claims for people: words, terminal tables and HTML pages. Article text is hostile and is escaped here."""
