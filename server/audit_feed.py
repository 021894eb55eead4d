"""The feed of new findings, Atom (RFC 4287), with the filters of the audit; further pages by RFC 5005."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from fastapi import APIRouter, Request, Response

from server.audit import FEED, PAGE, document_titles, names_of, selection_of, thing_names
from server.audit_choices import read_choices
from server.audit_filters import DIMENSIONS, Asked, AuditParameters, Selection
from server.findings import Finding, tell
from server.language import LANGUAGE_TAGS, Language, language_of, page_links
from server.pages import program_version
from server.publication import CurrentPublication, Publication
from store.arrivals import release_time

ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "application/atom+xml"
TITLES: Mapping[Language, str] = {"zh": "官联：新发现的异常", "en": "Guanlian: new findings"}
SUBTITLES: Mapping[Language, str] = {
    "zh": "公开文件中前后不一致之处，按首次进入发布的时间排列。尚无人复核：可能是文件印错、读错或四舍五入。",
    "en": "What does not agree in published documents, by when a release first had it. No person has reviewed "
    "them: each may be a misprint, a misreading or rounding.",
}
#: What is no character of XML 1.0 (section 2.2); and a carriage return, which is read as a line end.
NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
router = APIRouter()
ElementTree.register_namespace("", ATOM)


@router.get(FEED, include_in_schema=False)
def feed(request: Request, publication: CurrentPublication, asked: Asked) -> Response:
    """The findings that came last, the gravest of a release first. Those of a first release came together."""
    newest = read_choices(publication, asked).model_copy(update={"sort": "newest"})
    selection = selection_of(publication, newest)
    language = language_of(request)
    root = described_feed(request, publication, selection, language)
    rows = tell(publication, selection.page)
    names = names_of(publication, (), rows, language)
    writer = EntryWriter(request, publication, language, names)
    root.extend(writer.entry(row) for row in rows)
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    headers = {"Content-Language": LANGUAGE_TAGS[language]}
    response = Response(content, media_type=MEDIA_TYPE, headers=headers)
    response.headers.add_vary_header("Accept-Language")
    return response


def described_feed(
    request: Request, publication: Publication, selection: Selection, language: Language
) -> ElementTree.Element:
    """The feed without its entries; its IRI and its time follow from what is asked of which release."""
    asked = selection.asked
    root = ElementTree.Element(tag("feed"), {XML_LANGUAGE: LANGUAGE_TAGS[language]})
    address = feed_address(asked, asked.page)
    child(root, "id", publication.links.base_iri + language + feed_address(asked, 1))
    child(root, "title", feed_title(publication, selection, language))
    child(root, "subtitle", SUBTITLES[language])
    child(root, "updated", time_of(latest(publication, selection.findings)))
    author = child(root, "author")
    child(author, "name", "Guanlian")
    child(root, "generator", "Guanlian", version=program_version())
    pages = [("self", address)]
    if asked.page > 1:
        pages.append(("previous", feed_address(asked, asked.page - 1)))
    if selection.has_more:
        pages.append(("next", feed_address(asked, asked.page + 1)))
    for relation, path in pages:
        child(root, "link", rel=relation, type=MEDIA_TYPE, href=absolute(request, language, path))
    page = asked.model_copy(update={"page": 1}).address(PAGE)
    child(root, "link", rel="alternate", type="text/html", href=absolute(request, language, page))
    return root


def feed_title(publication: Publication, selection: Selection, language: Language) -> str:
    """What the feed is called: of findings of what, where it is of some only."""
    iris = [iri for name in DIMENSIONS for iri in sorted(selection.chosen.get(name, ()))]
    if not iris:
        return TITLES[language]
    labels = publication.labels.speaking(language)
    names = document_titles(publication) | thing_names(
        publication, (iri for iri in iris if iri.startswith(publication.links.base_iri)), language
    )
    told = [names.get(iri) or labels.known(iri) or iri for iri in iris]
    of_what = f"（{'、'.join(told)}）" if language == "zh" else f" ({', '.join(told)})"
    return TITLES[language] + of_what


class EntryWriter:
    """Writes findings as entries in one language."""

    def __init__(
        self,
        request: Request,
        publication: Publication,
        language: Language,
        names: Mapping[str, str],
    ) -> None:
        self.request, self.language, self.names = request, language, names
        self.links = page_links(request)
        self.labels = publication.labels.speaking(language)

    def entry(self, row: Mapping[str, Any]) -> ElementTree.Element:
        """An entry; its time is when the finding first entered a release, and never changes."""
        entry = ElementTree.Element(tag("entry"))
        child(entry, "id", row["anomaly"])
        child(entry, "title", self.title(row))
        child(entry, "updated", time_of(row["arrived"]))
        child(entry, "published", time_of(row["arrived"]))
        sentence = f"/documents/{row['document'].rpartition('/')[2]}#{fragment(row['span'])}"
        href = absolute(self.request, self.language, sentence)
        child(entry, "link", rel="alternate", type="text/html", href=href)
        kind, severity = row["type"], row["severity"]
        for iri in (kind, severity):
            scheme, _, term = iri.rpartition("/")
            child(entry, "category", term=term, scheme=scheme, label=self.labels.of(iri))
        child(entry, "summary", self.explanation(row))
        return entry

    def title(self, row: Mapping[str, Any]) -> str:
        name, year = self.names.get(row["office"], ""), row["year"]
        kind, severity = self.labels.of(row["type"]), self.labels.of(row["severity"])
        if self.language == "zh":
            return f"{kind}（{severity}）：{name}，{year}年"
        return f"{kind} ({severity.lower()}): {name}, {year}"

    def explanation(self, row: Mapping[str, Any]) -> str:
        told: str = row["why"]
        return str(row.get("why_zh") or told) if self.language == "zh" else told


def tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def child(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag(name), attributes)
    element.text = None if text is None else without_controls(text)
    return element


def without_controls(text: str) -> str:
    """The text without characters that XML 1.0 cannot hold."""
    return NOT_IN_XML.sub("", text)


def latest(publication: Publication, found: Iterable[Finding]) -> datetime:
    """When the feed last had something new; of an empty one, when the release was made."""
    return max((one.arrived for one in found), default=release_time(publication.release))


def time_of(time: datetime) -> str:
    """As RFC 3339 writes it, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def feed_address(asked: AuditParameters, page: int) -> str:
    """The path of a page of the feed; the order is always the same."""
    return asked.model_copy(update={"sort": "severity"}).address(FEED, page=page)


def absolute(request: Request, language: Language, path: str) -> str:
    """An address on the host that was asked, in a language: feeds are read elsewhere."""
    base = urlsplit(str(request.base_url))
    return f"{base.scheme}://{base.netloc}/{language}{path}"


def fragment(span: str) -> str:
    return span.partition("#")[2]
