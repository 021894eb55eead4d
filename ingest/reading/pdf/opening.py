"""Opening a PDF file, and the sentence that says why it cannot be opened."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.reading.document import DocumentError

REASONS = {
    pdfium.FPDF_ERR_PASSWORD: "is an encrypted PDF file; save it without its password",
    pdfium.FPDF_ERR_SECURITY: "is a PDF file with a protection that cannot be read; save it without",
}


def open_pdf(content: bytes, most_pages: int) -> pypdfium2.PdfDocument:
    """The opened file; close it after use.

    Raises:
        DocumentError: the file is encrypted, damaged, empty, or longer than `most_pages`.
    """
    if not content.strip():
        raise DocumentError("is empty")
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DocumentError(REASONS.get(error.err_code, "is a damaged PDF file")) from error
    pages = len(pdf)
    if 0 < pages <= most_pages:
        return pdf
    pdf.close()
    if not pages:
        raise DocumentError("is a PDF file without pages")
    raise DocumentError(f"has {pages} pages, more than the {most_pages} that are read at most")
