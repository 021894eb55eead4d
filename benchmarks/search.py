"""Text search over a release: how long its index takes to make and how big it is, how fast it answers, and
what fn:matches costs beside CONTAINS.

    uv run python -m benchmarks.search --data DIR
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from store.release import Release
from store.releases import DataFolder
from store.search.functions import search_functions, values_block
from store.search.index import SearchIndex
from store.search.making import base_of, make_index
from store.search.schema import index_path
from store.search.wanted import read_wanted

#: Words, one character, pinyin, figures, several of them; rare ones and such as are nearly everywhere.
QUERIES = (
    "教育",
    "局",
    "年",
    "人",
    "财政",
    "支出",
    "教育局",
    "政务服务",
    "财政拨款",
    "公务接待费",
    "职级晋升",
    "社保",
    "低保",
    "增加",
    "数据安全",
    "jyj",
    "jiaoyuju",
    "zwfw",
    "120.50",
    "2023",
    "education",
    "不存在的词",
    "政务服务 OR 大数据",
    "财政拨款 -收入",
    "信息化 教育",
    '"一般公共预算 财政拨款"',
    "人员 经费 增加",
)
ROUNDS = 5
FILTERS = {
    "CONTAINS(?text, …)": '?thing a gl:{kind} ; gl:text ?text FILTER (CONTAINS(?text, "{word}"))',
    "fn:matches(?thing, …)": '?thing a gl:{kind} FILTER (fn:matches(?thing, "{word}"))',
    "the scan alone": "?thing a gl:{kind}",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a data folder")
    release = DataFolder.open(parser.parse_args().data).current()
    with tempfile.TemporaryDirectory() as folder:
        copy = beside(release, Path(folder))
        show_making(copy)
        show_searching(SearchIndex(index_path(copy.directory)))
        show_filters(copy)


def beside(release: Release, folder: Path) -> Release:
    """The release in another folder, so that the index is made anew and none is left."""
    (folder / "releases").mkdir()
    directory = folder / "releases" / release.release_id
    directory.symlink_to(release.directory.absolute())
    return Release(directory)


def show_making(release: Release) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    path = make_index(release)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    size = path.stat().st_size / 1e6
    documents = len(release.manifest.documents)
    print(f"index of {documents} documents: {size:.0f} MB, {wall:.1f} s ({cpu:.1f} s of a core)")


def show_searching(index: SearchIndex) -> None:
    index.search(read_wanted(QUERIES[0]))  # reads the columns
    times = {query: timed(partial(index.search, read_wanted(query))) for query in QUERIES}
    every = sorted(one for found in times.values() for one in found)
    print(f"search: p50 {quantile(every, 50):.1f} ms, p95 {quantile(every, 95):.1f} ms")
    for query, found in sorted(times.items(), key=lambda item: -min(item[1])):
        total = index.search(read_wanted(query)).total
        print(f"  {statistics.median(found):7.1f} ms  {total:7,} found  {query}")


def show_filters(release: Release) -> None:
    store = release.open_store()
    for kind in ("FunctionStatement", "ReasonStatement", "Sentence"):
        for name, where in FILTERS.items():
            pattern = where.format(kind=kind, word="教育")
            found, times = asked(store, release, pattern)
            print(f"{kind}: {statistics.median(times):7.1f} ms  {found:6,} rows  {name}")
    for size in (20, 200):
        iris = sorted(SearchIndex(index_path(release.directory)).iris(read_wanted("教育")))[:size]
        found, times = asked(store, release, f"{values_block('thing', iris)} ?thing gl:text ?text")
        print(f"join of {size} things as VALUES: {statistics.median(times):.1f} ms  {found} rows")


def asked(store: Store, release: Release, pattern: str) -> tuple[int, Sequence[float]]:
    """How many rows a graph pattern has, and the milliseconds of each round."""
    query = f"PREFIX gl: <ns#> PREFIX fn: <fn#> SELECT ?thing WHERE {{ {pattern} }}"
    base, functions = base_of(release.manifest), search_functions(release.directory)

    def rows() -> int:
        solutions = store.query(query, base_iri=base, custom_functions=functions)
        assert isinstance(solutions, QuerySolutions)
        return len([*solutions])

    return rows(), timed(rows)


def timed(act: Callable[[], object]) -> list[float]:
    """The milliseconds of a core that each round takes: all of it is done in this thread."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return times


def quantile(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    main()
