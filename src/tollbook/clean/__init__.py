"""Page → document: the article of a page, fixed once, with a way back to everything that was left out."""

from tollbook.clean.document import clean_page, clean_page_if

__all__ = ["clean_page", "clean_page_if"]
