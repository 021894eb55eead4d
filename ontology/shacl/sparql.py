"""SPARQL-based constraints (SHACL section 5), asked once for all focus nodes of a shape.

The standard binds $this to one focus node after the other. Here the focus nodes stand in a graph of their
own that the query begins with, which gives the same solutions hundreds of times faster, as long as every
part of the query sees $this. Where it would not (an inner SELECT, UNION, MINUS, a total without GROUP BY
$this, …) the constraint is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Variable

from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.paths import PredicatePath
from ontology.shacl.report import Severity, ValidationResult
from ontology.shacl.vocabulary import ShapesError, sh

#: How a focus node is told in the store: under this predicate, with the shape as its value.
FOCUS_OF = NamedNode("urn:x-guanlian:shacl:focusOf")
FOCUS_GRAPH = NamedNode("urn:x-guanlian:shacl:focus")
TOKENS = re.compile(
    r'"""(?:\\.|.)*?"""' r"|'''(?:\\.|.)*?'''" r'|"(?:\\.|[^"\\])*"' r"|'(?:\\.|[^'\\])*'"
    r"|<[^<>\s]*>|#[^\n]*|[?$]\w+|[\w-]*:[\w.-]*|\w+|[^\s\w]",
    re.DOTALL,
)  # fmt: skip
#: What hides $this from a part of the query, or binds it otherwise (section 5.2.1 and appendix A).
REFUSED = frozenset(
    {
        "UNION", "MINUS", "VALUES", "SERVICE", "LIMIT", "OFFSET", "ASK", "CONSTRUCT", "DESCRIBE", "FROM",
        "GRAPH", "$PATH", "$SHAPESGRAPH", "$CURRENTSHAPE", "?FAILURE", "$FAILURE",
    }
)  # fmt: skip
TOTALS = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A SELECT query whose solutions are results, and its message."""

    query: str
    message: str
    component = "SPARQLConstraintComponent"

    def results(
        self, store: Store, shape: Term, name: str, severity: Severity
    ) -> Iterator[ValidationResult]:
        """A result for every solution (section 5.3.2) over the focus nodes of the shape."""
        solutions = store.query(self.query, use_default_graph_as_union=True)
        if not isinstance(solutions, QuerySolutions):
            raise ShapesError(f"sh:select of {name} is not supported: it is no SELECT query")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            bound = dict(zip(names, solution, strict=True))
            focus, path = bound["this"], bound.get("path")
            yield ValidationResult(
                focus_node=focus,
                path=PredicatePath(path) if isinstance(path, NamedNode) else None,
                value=bound.get("value") or focus,
                source_shape=shape,
                shape_name=name,
                component=self.component,
                severity=severity,
                message=filled(self.message, bound),
            )


def filled(message: str, bound: dict[str, Term | None]) -> str:
    """The message with the values of its variables (section 5.2.1)."""

    def value(placeholder: re.Match[str]) -> str:
        term = bound.get(placeholder[1])
        return placeholder[0] if term is None else str(getattr(term, "value", term))

    return PLACEHOLDER.sub(value, message)


def focus_quads(shape: Term, nodes: Iterable[Term]) -> Iterator[Quad]:
    """The focus nodes of a shape as the queries find them; a literal can be no subject of a query."""
    for node in nodes:
        if not isinstance(node, Literal):
            yield Quad(node, FOCUS_OF, shape, FOCUS_GRAPH)


def read_constraint(shapes: DataGraph, node: Term, shape: Term) -> SparqlConstraint | None:
    """The constraint that a value of sh:sparql states; None for one that is deactivated.

    Raises:
        ShapesError: it has no query, or one that cannot be asked for all focus nodes at once.
    """
    deactivated = shapes.one(node, sh("deactivated"))
    if isinstance(deactivated, Literal) and deactivated.value == "true":
        return None
    query = shapes.one(node, sh("select"))
    message = shapes.one(node, sh("message"))
    if not isinstance(query, Literal):
        raise ShapesError(f"sh:sparql of {shape} has no sh:select")
    text = prefixes(shapes, node) + begun_with_focus_nodes(query.value, shape)
    refuse_faulty(text, shape)
    words = message.value if isinstance(message, Literal) else "The SPARQL constraint is violated."
    return SparqlConstraint(text, words)


def prefixes(shapes: DataGraph, node: Term) -> str:
    """The prologue of a query (section 5.2.1)."""
    declared = (
        declaration
        for owner in shapes.objects(node, sh("prefixes"))
        for declaration in shapes.objects(owner, sh("declare"))
    )
    return "".join(
        f"PREFIX {value_of(shapes, one, 'prefix')}: <{value_of(shapes, one, 'namespace')}>\n"
        for one in declared
    )


def value_of(shapes: DataGraph, node: Term, name: str) -> str:
    value = shapes.one(node, sh(name))
    if isinstance(value, (Literal, NamedNode)):
        return value.value
    raise ShapesError(f"sh:declare has no sh:{name}")


def begun_with_focus_nodes(query: str, shape: Term) -> str:
    """The query with the focus nodes of the shape as the first thing that its pattern asks for.

    Raises:
        ShapesError: a part of the query would not see $this.
    """
    tokens = [(token[0].upper(), token.end()) for token in TOKENS.finditer(query)]
    words = [word for word, _ in tokens]
    refuse_hidden_focus(words, shape)
    opening = tokens[words.index("{")][1]
    return f"{query[:opening]} $this {FOCUS_OF} {shape} . {query[opening:]}"


def refuse_hidden_focus(words: list[str], shape: Term) -> None:
    """Check that every part of a query sees $this; the words are its tokens in capitals."""
    hidden = REFUSED.intersection(words)
    if words.count("SELECT") != 1 or "{" not in words:
        hidden |= {"not exactly one SELECT"}
    grouped = words[words.index("GROUP") :] if "GROUP" in words else []
    if TOTALS.intersection(words) and not {"$THIS", "?THIS"}.intersection(grouped):
        hidden |= {"a total without GROUP BY $this"}
    if hidden:
        raise ShapesError(f"sh:select of {shape} is not supported: {', '.join(sorted(hidden))}")


def refuse_faulty(query: str, shape: Term) -> None:
    """Let the engine read the query once, and see that it gives $this."""
    try:
        solutions = Store().query(query)
    except SyntaxError as error:
        raise ShapesError(f"sh:select of {shape} is no SPARQL: {error}") from error
    if not isinstance(solutions, QuerySolutions) or Variable("this") not in solutions.variables:
        raise ShapesError(f"sh:select of {shape} does not give $this")
