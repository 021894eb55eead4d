"""Layouts and page images of a release: kept by link, replaced with their document, absent in older ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from store.errors import DamagedReleaseError
from store.manifest import PageImages
from store.releases import DataFolder, DocumentGraphs
from tests.test_releases import document, vocabulary

IMAGES = {1: b"\x89PNG first", 3: b"\x89PNG third"}


def paged(name: str, value: str = "1", images: dict[int, bytes] = IMAGES) -> DocumentGraphs:
    return replace(document(name, value), layout_json='{"sections": []}', page_images=images)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder.open(tmp_path / "data")


def test_layout_and_images_come_back_and_the_manifest_tells_of_them(folder: DataFolder) -> None:
    release = folder.build([paged("a"), document("b", "2")], vocabulary()).release
    assert json.loads(release.layout_json("a") or "") == {"sections": []}
    assert [release.page_image("a", number) for number in (1, 2, 3)] == [IMAGES[1], None, IMAGES[3]]
    images = release.manifest.documents["a"].page_images
    assert isinstance(images, PageImages)
    assert (images.count, images.size) == (2, len(IMAGES[1]) + len(IMAGES[3]))
    assert release.layout_json("b") is None
    assert release.page_image("b", 1) is None
    assert release.manifest.documents["b"].page_images is None


def test_a_document_that_stays_shares_its_archive_with_the_release_before(
    folder: DataFolder,
) -> None:
    first = folder.build([paged("a"), paged("b")], vocabulary()).release
    second = folder.build([paged("b", "2")], vocabulary()).release
    for kind in ("layouts/a.json", "pages/a.zip"):
        assert (first.directory / kind).samefile(second.directory / kind)
    assert second.page_image("a", 3) == IMAGES[3]


def test_other_images_are_another_release_and_leave_the_one_before(folder: DataFolder) -> None:
    first = folder.build([paged("a")], vocabulary()).release
    second = folder.build([paged("a", images={1: b"other"})], vocabulary()).release
    third = folder.build([paged("a", images={})], vocabulary()).release
    assert len({first.release_id, second.release_id, third.release_id}) == 3
    assert first.page_image("a", 1) == IMAGES[1]
    assert second.page_image("a", 1) == b"other"
    assert third.page_image("a", 1) is None
    assert not (third.directory / "pages" / "a.zip").exists()


def test_the_same_images_are_the_same_release(folder: DataFolder) -> None:
    folder.build([paged("a")], vocabulary())
    assert not folder.build([paged("a")], vocabulary()).created


def test_a_document_that_goes_takes_its_files(folder: DataFolder) -> None:
    folder.build([paged("a"), paged("b")], vocabulary())
    release = folder.build([paged("b")], vocabulary(), replace_all=True).release
    left = {path.name for path in release.directory.glob("[lp]a*/*")}
    assert left == {"b.json", "b.zip"}


def test_a_release_of_before_is_read_and_built_upon(folder: DataFolder) -> None:
    before = folder.build([document("a", "1")], vocabulary()).release
    for kind in ("layouts", "pages"):
        shutil.rmtree(before.directory / kind)
    assert before.layout_json("a") is None
    assert before.page_image("a", 1) is None
    after = folder.build([paged("b")], vocabulary()).release
    assert after.text("a") == "文"
    assert after.page_image("b", 1) == IMAGES[1]


def test_a_damaged_archive_is_a_clear_error(folder: DataFolder) -> None:
    release = folder.build([paged("a")], vocabulary()).release
    path = release.directory / "pages" / "a.zip"
    path.unlink()
    path.write_bytes(b"no archive")
    with pytest.raises(DamagedReleaseError, match=r"a\.zip cannot be read"):
        release.page_image("a", 1)
