"""PDF files: sentences and tables, every word with its place on the page."""

from ingest.reading.pdf.reader import MOST_PAGES, read_pdf

__all__ = ["MOST_PAGES", "read_pdf"]
