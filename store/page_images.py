"""The images of the pages of a document: one archive, so that a release that keeps the document keeps them by
one link, however many pages there are."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from store.document_graphs import sha256_of_bytes
from store.errors import DamagedReleaseError
from store.manifest import PageImages

# The earliest date that the format knows: an archive must not tell when it was made.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def page_archive(images: Mapping[int, bytes]) -> bytes:
    """A ZIP archive of PNG files, stored as they are since they are compressed already; the same images give
    the same bytes."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as members:
        for number, image in sorted(images.items()):
            members.writestr(zipfile.ZipInfo(member_name(number), NO_DATE), image)
    return archive.getvalue()


def described_images(images: Mapping[int, bytes]) -> PageImages | None:
    """What the manifest says of images, which is nothing where there are none."""
    if not images:
        return None
    archive = page_archive(images)
    return PageImages(sha256_of_bytes(archive), len(images), sum(map(len, images.values())))


def read_page_image(path: Path, number: int) -> bytes | None:
    """The PNG file of a page; None when the archive has none of this number.

    Raises DamagedReleaseError when it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as members:
            return members.read(member_name(number))
    except KeyError:
        return None
    except (OSError, zipfile.BadZipFile) as error:
        raise DamagedReleaseError(f"The file {path} cannot be read: {error}.") from error


def member_name(number: int) -> str:
    return f"{number}.png"
