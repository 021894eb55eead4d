"""The data graph under validation, indexed by predicate for the short steps that shapes take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

Subject: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal
#: Terms, each once, in a fixed order.
Values: TypeAlias = Collection[Term]
Index: TypeAlias = dict[Term, Values]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE, FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))
SUBCLASS_OF = NamedNode(f"{RDFS}subClassOf")

NO_VALUES: Values = ()
NOTHING: Index = {}


class DataGraph:
    """The triples of a document, whatever named graphs they stand in, as one set.

    `beside` is what is known anyway, such as the members of the code lists: it is read like the rest but
    indexed only once. Its subjects are focus nodes too, where a shape targets them.
    """

    def __init__(
        self, statements: Iterable[Quad | Triple], beside: DataGraph | None = None
    ) -> None:
        self.beside = beside
        self._objects: dict[NamedNode, Index] = {}
        self._subjects: dict[NamedNode, Index] = {}
        self._instances: Index = {}
        for subject, predicate, value, *_ in statements:
            of_predicate = self._objects.get(predicate)
            if of_predicate is None:
                of_predicate = self._objects[predicate] = {}
            add(of_predicate, subject, value)

    def objects(self, subject: Term, predicate: NamedNode) -> Values:
        """The values of a property, each once."""
        own = self._objects.get(predicate, NOTHING).get(subject, NO_VALUES)
        if self.beside is None or predicate not in self.beside._objects:
            return own
        return both(own, self.beside.objects(subject, predicate))

    def subjects(self, predicate: NamedNode, value: Term) -> Values:
        """The nodes that have this value of a property, each once."""
        own = self._inverse(predicate).get(value, NO_VALUES)
        if self.beside is None or predicate not in self.beside._objects:
            return own
        return both(own, self.beside.subjects(predicate, value))

    def subjects_of(self, predicate: NamedNode) -> Iterator[Term]:
        """Every node that has the property."""
        yield from self._objects.get(predicate, NOTHING)
        if self.beside is not None:
            yield from self.beside.subjects_of(predicate)

    def objects_of(self, predicate: NamedNode) -> Iterator[Term]:
        """Every value that the property has somewhere."""
        own = self._objects.get(predicate, NOTHING).values()
        yield from {value: None for values in own for value in values}
        if self.beside is not None:
            yield from self.beside.objects_of(predicate)

    def predicates(self, subject: Term) -> Iterator[NamedNode]:
        """The properties that a node has."""
        for predicate, subjects in self._objects.items():
            if subject in subjects:
                yield predicate
        if self.beside is not None:
            yield from self.beside.predicates(subject)

    def one(self, subject: Term, predicate: NamedNode) -> Term | None:
        """A value of a property that has one at most, as shapes graphs have them."""
        return next(iter(self.objects(subject, predicate)), None)

    def members(self, head: Term) -> Iterator[Term]:
        """The members of an RDF list."""
        node: Term | None = head
        while node is not None and node != NIL:
            yield from self.objects(node, FIRST)
            node = self.one(node, REST)

    def classes_below(self, class_: Term) -> list[Term]:
        """A class and all its subclasses (rdfs:subClassOf*)."""
        found = {class_: None}
        reached = [class_]
        while reached:
            new = [one for one in self.subjects(SUBCLASS_OF, reached.pop()) if one not in found]
            found.update(dict.fromkeys(new))
            reached.extend(new)
        return [*found]

    def instances(self, class_: Term) -> Values:
        """The SHACL instances of a class (section 1.1): those of its subclasses too."""
        known = self._instances.get(class_)
        if known is None:
            classes = self.classes_below(class_)
            known = {one: None for each in classes for one in self.subjects(TYPE, each)}
            self._instances[class_] = known
        return known

    def _inverse(self, predicate: NamedNode) -> Index:
        inverse = self._subjects.get(predicate)
        if inverse is None:
            inverse = self._subjects[predicate] = {}
            for subject, values in self._objects.get(predicate, NOTHING).items():
                for value in values:
                    add(inverse, value, subject)
        return inverse


def add(index: Index, key: Term, value: Term) -> None:
    """Put a value under a key, once. Nearly all keys have one value, for which a tuple is enough."""
    known = index.get(key)
    if known is None:
        index[key] = (value,)
    elif isinstance(known, dict):
        known[value] = None
    else:
        index[key] = dict.fromkeys((*known, value))


def both(own: Values, others: Values) -> Values:
    return dict.fromkeys((*own, *others)) if own and others else own or others
