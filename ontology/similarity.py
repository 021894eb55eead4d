"""A local embedding model as a measure of how alike wordings are: off unless a setting names one.

The setting `similarity` names what makes the model, `module:factory`: a function without parameters
that returns an object with `embed`. It serves ranking and suggestions; nothing is asserted by it.
"""

from __future__ import annotations

import importlib
import math
import operator
from collections.abc import Callable, Sequence
from typing import Protocol, cast

WANTED = "wanted is module:factory, a function that returns an object with embed(texts)"
PROBE = ("推进政务公开", "养护公园绿地")

Vector = Sequence[float]


class SimilarityError(Exception):
    """The setting `similarity` names no model; the message says what it names and what is wanted."""


class SimilarityModel(Protocol):
    """A model that places texts in a space where what means alike is near."""

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """A vector for each text, all of one length."""
        ...


def load_model(name: str) -> SimilarityModel:
    """The model that `module:factory` makes, tried on two short texts.

    Raises:
        SimilarityError: there is no such factory, or what it makes does not embed.
    """
    model = _made(_factory(name), name)
    try:
        vectors = [unit_vector(vector) for vector in model.embed(PROBE)]
        similarity = dot(*vectors)
    except Exception as error:
        raise SimilarityError(
            f"the model of similarity = {name!r} does not embed: {error}; {WANTED}."
        ) from error
    if not math.isfinite(similarity):
        raise SimilarityError(
            f"the model of similarity = {name!r} gives vectors that are no numbers."
        )
    return model


def unit_vector(vector: Vector) -> Vector:
    """The vector at length 1; of no length, as it is."""
    length = math.sqrt(dot(vector, vector))
    return [float(value) / length for value in vector] if length else [*map(float, vector)]


def dot(one: Vector, other: Vector) -> float:
    """The product of two vectors of equal length: of unit vectors, their cosine."""
    if len(one) != len(other):
        raise ValueError(f"vectors of {len(one)} and {len(other)} numbers cannot be compared")
    return float(sum(map(operator.mul, one, other)))


def _factory(name: str) -> Callable[[], object]:
    module_name, _, factory_name = name.partition(":")
    if not (module_name and factory_name):
        raise SimilarityError(f"similarity = {name!r} names no factory; {WANTED}.")
    try:
        factory = getattr(importlib.import_module(module_name), factory_name)
    except Exception as error:
        raise SimilarityError(
            f"similarity = {name!r} cannot be loaded: {error}; {WANTED}."
        ) from error
    if not callable(factory):
        raise SimilarityError(f"similarity = {name!r} is not a function; {WANTED}.")
    return cast(Callable[[], object], factory)


def _made(factory: Callable[[], object], name: str) -> SimilarityModel:
    try:
        model = factory()
    except Exception as error:
        raise SimilarityError(f"similarity = {name!r} fails to make a model: {error}.") from error
    if not callable(getattr(model, "embed", None)):
        raise SimilarityError(
            f"similarity = {name!r} makes a {type(model).__name__} without embed; {WANTED}."
        )
    return cast(SimilarityModel, model)
