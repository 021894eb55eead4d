"""Conclusions: what rules conclude from several documents, kept beside them in every release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from guanlian.files import find_files
from guanlian.ingestion import Ingestion
from ontology.namespaces import Namespaces
from ontology.rules import Rule, read_rule, rules
from ontology.vocabulary import vocabulary_quads
from store.derivation import CONSTRUCT, DERIVED_FROM, RULE, TYPE, rules_in
from store.errors import GraphOwnershipError, NewerFormatError, RuleError
from store.manifest import read_manifest
from store.releases import DataFolder, DocumentGraphs, Release

X = "http://x.test/"
VALUE = NamedNode(f"{X}value")
VOCABULARY = NamedNode(f"{X}graph/vocabulary")
COUNT = f"""CONSTRUCT {{ ?value <{X}documents> ?n }}
WHERE {{ SELECT ?value (COUNT(*) AS ?n) WHERE {{ ?document <{X}value> ?value }} GROUP BY ?value }}"""
INVERSE = f"CONSTRUCT {{ ?value <{X}of> ?d }} WHERE {{ ?d <{X}value> ?value }}"


def document(name: str, *values: str) -> DocumentGraphs:
    graph, node = NamedNode(f"{X}graph/doc/{name}"), NamedNode(X + name)
    quads = [Quad(node, VALUE, NamedNode(X + value), graph) for value in values]
    return DocumentGraphs(name, f"{name}.txt", "文", "{}", quads)


def rule(name: str, construct: str, graph: str = "") -> list[Quad]:
    node = NamedNode(f"{X}rule/{name}")
    derived = NamedNode(graph or graph_of(name))
    return [
        Quad(node, TYPE, RULE, VOCABULARY),
        Quad(node, CONSTRUCT, Literal(construct), VOCABULARY),
        Quad(derived, DERIVED_FROM, node, VOCABULARY),
    ]


def graph_of(name: str) -> str:
    return f"{X}graph/derived/{name}"


def concluded(release: Release, graph: str) -> set[str]:
    quads = release.open_store().quads_for_pattern(None, None, None, NamedNode(graph))
    return {str(quad.triple) for quad in quads}


def merge(release: Release) -> set[str]:
    """The default graph, which is to be the merge of all named graphs, and nothing else."""
    store = release.open_store()
    default = {str(quad.triple) for quad in store if not isinstance(quad.graph_name, NamedNode)}
    assert default == {str(quad.triple) for quad in store if isinstance(quad.graph_name, NamedNode)}
    return default


def counted(value: str, count: int) -> str:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    return f'<{X}{value}> <{X}documents> "{count}"^^<{integer}>'


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder.open(tmp_path / "data")


@pytest.fixture(scope="module")
def sample_release(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    data = tmp_path_factory.mktemp("samples")
    Ingestion(find_files([str(samples)]), data).run()
    return DataFolder.open(data).current()


def test_rule_concludes_into_its_own_graph_and_the_merge(folder: DataFolder) -> None:
    release = folder.build(
        [document("a", "red"), document("b", "red", "blue")], rule("count", COUNT)
    ).release
    assert concluded(release, graph_of("count")) == {counted("red", 2), counted("blue", 1)}
    assert counted("red", 2) in merge(release)
    manifest = read_manifest(release.directory)
    assert manifest.conclusions[graph_of("count")].quads == 2
    assert manifest.quads == 3 + 3 + 2
    assert manifest.has_graph(graph_of("count"))


def test_conclusions_are_replaced_when_a_document_changes_or_goes(folder: DataFolder) -> None:
    vocabulary = rule("count", COUNT)
    folder.build([document("a", "red"), document("b", "red")], vocabulary)
    changed = folder.build([document("b", "blue")], vocabulary).release
    assert concluded(changed, graph_of("count")) == {counted("red", 1), counted("blue", 1)}
    gone = folder.build([document("b", "blue")], vocabulary, replace_all=True).release
    assert concluded(gone, graph_of("count")) == {counted("blue", 1)}
    assert not [triple for triple in merge(gone) if "red" in triple]


def test_unchanged_documents_make_no_new_release(folder: DataFolder) -> None:
    first = folder.build([document("a", "red")], rule("count", COUNT))
    again = folder.build([document("a", "red")], rule("count", COUNT))
    assert first.created and not again.created
    assert again.release == first.release


def test_release_id_follows_from_conclusions_and_not_from_the_way_there(tmp_path: Path) -> None:
    vocabulary = [*rule("count", COUNT), *rule("inverse", INVERSE)]
    at_once = DataFolder.open(tmp_path / "at once")
    at_once.build([document("a", "red"), document("b", "red")], vocabulary)
    in_steps = DataFolder.open(tmp_path / "in steps")
    in_steps.build([document("b", "red")], rule("count", COUNT))
    in_steps.build([document("a", "blue")], vocabulary)
    in_steps.build([document("a", "red")], vocabulary)
    assert in_steps.current().release_id == at_once.current().release_id
    assert merge(in_steps.current()) == merge(at_once.current())


def test_changed_rule_concludes_anew_and_a_removed_one_no_more(folder: DataFolder) -> None:
    folder.build([document("a", "red")], rule("count", COUNT))
    changed = folder.build([], rule("count", INVERSE)).release
    assert concluded(changed, graph_of("count")) == {f"<{X}red> <{X}of> <{X}a>"}
    removed = folder.build([], []).release
    assert removed.manifest.conclusions == {}
    assert merge(removed) == {f"<{X}a> <{X}value> <{X}red>"}


def test_rules_do_not_see_what_others_conclude(folder: DataFolder) -> None:
    chain = f"CONSTRUCT {{ ?v <{X}seen> ?n }} WHERE {{ ?v <{X}documents> ?n }}"
    vocabulary = [*rule("count", COUNT), *rule("last", chain)]
    release = folder.build([document("a", "red")], vocabulary).release
    assert concluded(release, graph_of("last")) == set()


@pytest.mark.parametrize(
    ("quads", "said"),
    [
        (lambda: rule("r", "CONSTRUCT { ?s ?p } WHERE"), "cannot be run"),
        (lambda: rule("r", "SELECT * WHERE { ?s ?p ?o }"), "should be a CONSTRUCT query"),
        (lambda: rule("r", "CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }"), "without an IRI"),
        (lambda: rule("r", COUNT)[:2], "has 1 and 0"),
    ],
)
def test_rule_that_cannot_be_run_is_told_and_leaves_the_release_as_it_was(
    folder: DataFolder, quads: Callable[[], list[Quad]], said: str
) -> None:
    before = folder.build([document("a", "red")], []).release
    with pytest.raises(RuleError, match=said):
        folder.build([document("a", "blue")], quads())
    assert folder.current() == before
    # The engine may still be writing to the abandoned stage, which the next run then clears away.
    kept = [path for path in folder.releases_directory.iterdir() if path.name[0] != "."]
    assert kept == [before.directory]


def test_rule_does_not_write_into_the_graph_of_a_document(folder: DataFolder) -> None:
    vocabulary = rule("count", COUNT, graph=f"{X}graph/doc/a")
    with pytest.raises(GraphOwnershipError, match="the rules"):
        folder.build([document("a", "red")], vocabulary)


def test_manifest_of_format_2_has_no_conclusions(folder: DataFolder) -> None:
    release = folder.build([document("a", "red")], []).release
    path = release.directory / "manifest.json"
    text = path.read_text(encoding="utf-8")
    old = text.replace('"format_version": 3', '"format_version": 2')
    path.write_text(old.replace(' "conclusions": {},\n', ""), encoding="utf-8")
    manifest = read_manifest(release.directory)
    assert (manifest.format_version, manifest.conclusions) == (2, {})
    path.write_text(text.replace('"format_version": 3', '"format_version": 5'), encoding="utf-8")
    with pytest.raises(NewerFormatError):
        read_manifest(release.directory)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_rules_of_the_vocabulary_draw_a_conclusion_from_the_samples(
    rule: Rule, sample_release: Release
) -> None:
    manifest, namespaces = sample_release.manifest, Namespaces()
    assert manifest.conclusions[rule.graph(namespaces)].quads > 0


def test_rules_stand_in_the_vocabulary_under_any_base() -> None:
    base = "https://example.org/g/"
    found = rules_in(vocabulary_quads(base))
    assert {rule.graph.value for rule in found} == {
        rule.graph(Namespaces(base)) for rule in rules()
    }
    assert all(rule.construct.startswith(f"BASE <{base}>\n") for rule in found)


def test_rule_file_without_words_is_told(tmp_path: Path) -> None:
    file = tmp_path / "silent.rq"
    file.write_text(COUNT, encoding="utf-8")
    with pytest.raises(ValueError, match=r"silent\.rq should say"):
        read_rule(file)


def test_theme_holders_counts_the_offices_of_each_theme(sample_release: Release) -> None:
    store, iris = sample_release.open_store(), Namespaces()
    counted = {
        quad.subject: quad.object.value
        for quad in store.quads_for_pattern(None, NamedNode(iris.term("officeCount")), None)
        if isinstance(quad.object, Literal)
    }
    functions = store.query(
        f"""BASE <{iris.base}> SELECT ?theme (COUNT(DISTINCT ?office) AS ?n) WHERE {{
          ?function <ns#theme> ?theme ; <ns#functionOf> ?office .
          FILTER NOT EXISTS {{ ?theme <ns#tier> "facet" }}
        }} GROUP BY ?theme"""
    )
    assert isinstance(functions, QuerySolutions)
    assert counted == {row["theme"]: row["n"].value for row in functions}
    assert max(map(int, counted.values())) > 1
