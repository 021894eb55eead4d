"""What the island `explore` knows from the start: kinds and relations in the language of the page."""

from __future__ import annotations

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from queries.network.relations import kinds, relations
from server.api.explore.parameters import MOST_SELECTED
from server.language import Language
from server.links import Links
from server.networks import explored_networks
from server.publication import Publication


def island_data(
    publication: Publication, links: Links, language: Language, *, node: str = "", map: str = ""
) -> Markup:
    """The content of its data block; nothing in it can end the block.

    node: the thing that the graph begins with, by IRI; map: the map that is shown instead.
    """
    known = {
        "language": language,
        "base": links.base_iri,
        "before": links.before,
        "node": node if node in explored_networks(publication).projection.numbers else "",
        "map": map,
        "most": MOST_SELECTED,
        "years": explored_networks(publication).projection.years,
        "kinds": {
            kind.kind: {"one": kind.zh, "several": kind.zh}
            if language == "zh"
            else {"one": kind.en, "several": kind.plural_en}
            for kind in kinds().values()
        },
        "relations": {
            relation.name: {
                "label": relation.words[language].label,
                "inverse": relation.words[language].inverse,
                "sentence": relation.words[language].sentence,
                "source": relation.source,
                "target": relation.target,
                "hasEvidence": bool(relation.question),
            }
            for relation in relations().values()
        },
    }
    return htmlsafe_json_dumps(known, ensure_ascii=False)
