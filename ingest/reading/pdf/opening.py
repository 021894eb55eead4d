"""Opening a PDF file, and the sentence that says why it cannot be opened."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.reading.document import DocumentError

DAMAGED = "is a damaged PDF file"
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
        raise DocumentError(reason_of(error, content)) from error
    pages = len(pdf)
    if 0 < pages <= most_pages:
        return pdf
    pdf.close()
    if not pages:
        raise DocumentError("is a PDF file without pages")
    raise DocumentError(f"has {pages} pages, more than the {most_pages} that are read at most")


def reason_of(error: pypdfium2.PdfiumError, content: bytes) -> str:
    """Why a file cannot be opened. The code may be left over from an earlier file."""
    if b"/Encrypt" in content:
        return REASONS.get(error.err_code, DAMAGED)
    return DAMAGED
