"""PNG pictures in shades of grey (ISO/IEC 15948), written with what Python has: no library of pictures is
needed to show a page."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREYSCALE = 0
# Sixteen shades, two pixels a byte: letters stay smooth, and a page takes two thirds of what 256 take.
BITS = 4
SHADES = bytes(round(value / 17) for value in range(256))
COMPRESSION = 6


def grey_png(pixels: bytes, width: int, height: int) -> bytes:
    """A PNG file of sixteen shades.

    Args:
        pixels: one byte a pixel, 0 black to 255 white, row by row without padding.
    """
    header = struct.pack(">IIBBBBB", width, height, BITS, GREYSCALE, 0, 0, 0)
    rows = zlib.compress(packed_rows(pixels, width, height), COMPRESSION)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def packed_rows(pixels: bytes, width: int, height: int) -> bytes:
    """The rows as the file keeps them: a byte that says "unfiltered", then two pixels a byte."""
    shades = pixels.translate(SHADES)
    padding = b"\x00" * (width % 2)
    rows = []
    for start in range(0, width * height, width):
        row = shades[start : start + width] + padding
        # As one number, the left pixel of each pair moves up by its bits in one step.
        left = int.from_bytes(row[0::2], "big") << BITS
        right = int.from_bytes(row[1::2], "big")
        rows.append(b"\x00" + (left | right).to_bytes(len(row) // 2, "big"))
    return b"".join(rows)


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
