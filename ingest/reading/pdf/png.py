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
    if width % 2:
        rows = (shades[start : start + width] for start in range(0, width * height, width))
        shades = b"".join(row + b"\x00" for row in rows)
    # As one number, the left pixel of each pair moves up by its bits in one step.
    left = int.from_bytes(shades[0::2], "big") << BITS
    right = int.from_bytes(shades[1::2], "big")
    packed = (left | right).to_bytes(len(shades) // 2, "big")
    length = (width + 1) // 2
    return b"".join(
        b"\x00" + packed[start : start + length] for start in range(0, length * height, length)
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
