"""The allocator of the processes that answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.allocator import PRELOAD, allocator, of_wheel, with_allocator

MAPPED = "print(open('/proc/self/maps').read())"


def test_an_installed_allocator_is_in_the_process_that_is_started_with_it() -> None:
    library = allocator()
    if library is None:
        pytest.skip("no other allocator than the system's own is installed here")
    plain = {name: value for name, value in os.environ.items() if name != PRELOAD}
    maps = subprocess.run(
        [sys.executable, "-c", MAPPED],
        env=with_allocator(plain),
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(library.resolve()) in maps.stdout
    assert maps.stderr == ""


@pytest.mark.parametrize("chosen", ["", "/somewhere/libother.so"])
def test_a_choice_that_was_made_stays(chosen: str) -> None:
    assert with_allocator({PRELOAD: chosen, "A": "b"}) == {PRELOAD: chosen, "A": "b"}


def test_the_wheel_is_found_by_what_it_says_of_itself() -> None:
    library = of_wheel()
    if library is None:
        pytest.skip("the extra mimalloc is not installed here")
    assert library.is_file()
    assert Path(sys.prefix) in library.parents
