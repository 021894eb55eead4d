"""The page of an office with its functions, money, reasons, kin and anomalies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fastapi import APIRouter, Request, Response

from server.language import language_of, page_links
from server.linked_data.described import named
from server.linked_data.schema_org import add_description_links, data_block, office_thing
from server.near_matches import near_offices, told
from server.office_facts import function_lists
from server.office_flow_names import node_name
from server.office_record import OfficeRecord, find_record
from server.office_words import counted, plain_words
from server.pages import render
from server.problems import unknown
from server.publication import CurrentPublication, Publication
from server.rounded_money import exact_yuan, rounded_yuan

# How many of the nearest offices are compared at first.
COMPARED_WITH = 3
#: What is shown at first of lists that may be long; the rest folds out.
LIMITS = {
    "compared_with": COMPARED_WITH,
    "most_listed": 8,
    "most_functions": 20,
    "most_kin": 8,
    "most_shown_kin": 60,
    "most_tags": 6,
}
#: What is said of an office and of bodies near it; `^` before a property means the inverse.
FACETS = (
    ("altLabel", "又称", "Also known as"),
    ("actsAlsoAs", "加挂牌子", "Acts also as"),
    ("^actsAlsoAs", "牌子属于", "Nameplate of"),
    ("predecessor", "前身", "Predecessor"),
    ("^predecessor", "后继", "Successor"),
    ("^hasSubordinateUnit", "主管机构", "Superior"),
    ("hasSubordinateUnit", "下属单位", "Subordinate units"),
    ("hasInternalOffice", "内设机构", "Internal offices"),
    ("administrativeRank", "规格", "Rank"),
    ("budgetUnitCode", "预算单位编码", "Budget unit code"),
    ("uscc", "统一社会信用代码", "Unified social credit code"),
)
router = APIRouter()


@router.get("/offices/{office_id}")
def office(request: Request, publication: CurrentPublication, office_id: str) -> Response:
    """What the graph holds about one office; every fact links to its sentence and its triples."""
    record = find_record(publication, named(publication.links.thing(f"org/{office_id}")))
    if record is None:
        raise unknown("机构", office_id, told(near_offices(publication, office_id)))
    context = page_context(request, publication, record)
    response = render(request, "office.html", context)
    add_description_links(response, publication.links, record.iri)
    return response


def page_context(
    request: Request, publication: Publication, record: OfficeRecord
) -> dict[str, object]:
    """What the templates of an office need."""
    language = language_of(request)
    labels = publication.labels.speaking(language)
    base = publication.links.base_iri
    names = {record.iri: record.name, **record.project_names}
    lists, links = function_lists(record.functions), page_links(request)
    return {
        **LIMITS,
        "labels": publication.labels,
        "data_block": data_block(office_thing(record.iri, record.about, publication.links)),
        "record": record,
        "about": record.about,
        "facets": FACETS,
        "sections": [*sections(record)],
        "words": plain_words(record, labels, links),
        "lists": lists,
        "nearest": [other.iri for other in record.kin[:COMPARED_WITH]],
        "once": lambda name, caller: record.once(name, language, links.before, caller),
        "counted": lambda number, name: counted(number, name, language),
        "rounded": lambda yuan: rounded_yuan(Decimal(yuan), language),
        "exact": lambda yuan: exact_yuan(Decimal(yuan), language),
        "node_name": lambda node: node_name(node, names, labels),
        "flow_base": f"{base}code/flow/",
        "phase_base": f"{base}code/phase/",
        "fund_base": f"{base}code/fund/",
        "entries": publication.release.manifest.documents,
    }


def sections(record: OfficeRecord) -> Iterator[tuple[str, int, str, str]]:
    """The sections that the page has: anchor, how many entries, and titles."""
    explained = sum(len(groups) for groups in record.explained.values())
    every = (
        ("functions", len(record.functions), "职能", "Functions"),
        ("shared", len(record.kin), "职能相同的机构", "Offices that share functions"),
        ("money", len(record.amount_tables), "各年收支", "Money by year"),
        ("flows", len(record.diagrams), "资金流向", "Flows"),
        ("changes", explained, "变动与原因", "Changes"),
        ("performance", len(record.projects), "项目与绩效", "Performance"),
        ("anomalies", len(record.anomalies), "对不上的地方", "Findings"),
        ("sources", len(record.documents), "来源", "Sources"),
    )
    there = {
        "changes": bool(record.explained or record.unexplained),
        "performance": bool(record.projects or record.performance),
    }
    return (section for section in every if there.get(section[0], section[1] > 0))
