"""A small release of two fictitious offices, and the real application over it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from pyoxigraph import Quad, RdfFormat, parse

from server.app import create_app
from server.http_protocol import HttpProtocol
from server.settings import Settings
from store.releases import DataFolder, DocumentGraphs, Release

BASE = "https://w3id.org/guanlian/"
PREFIXES = """
@base <https://w3id.org/guanlian/> .
@prefix gl: <https://w3id.org/guanlian/ns#> .
@prefix code: <https://w3id.org/guanlian/code/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
VOCABULARY = (
    PREFIXES
    + """
<graph/ontology> {
  <code/theme/service-platform> skos:prefLabel "政务平台"@zh , "Service platform"@en .
  <code/theme/other> skos:prefLabel "交办事项"@zh ; gl:tier "facet" .
  <code/cause/proj.new> skos:prefLabel "新增项目"@zh , "New project"@en .
  <code/fund/all> skos:prefLabel "部门全口径"@zh , "All funds"@en .
  <code/flow/expenditure> skos:prefLabel "支出"@zh , "Expenditure"@en .
  <code/item/total> skos:prefLabel "合计"@zh , "Total"@en .
  <code/anomaly/percent> skos:prefLabel "增减幅度与金额不符"@zh .
  <code/document-kind/final-accounts> skos:prefLabel "决算公开"@zh .
  <code/scope/department> skos:prefLabel "部门（汇总）"@zh .
  <code/severity/error> skos:prefLabel "错误"@zh .
  gl:FunctionStatement rdfs:label "职能表述"@zh , "Function statement"@en ;
    rdfs:isDefinedBy <ns> .
}
"""
)
# Code lists and terms as the ontology writes them, for the pages about them.
MODEL = (
    PREFIXES
    + """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<graph/more> {
  <code/scope> a skos:ConceptScheme ; skos:prefLabel "口径"@zh , "Scope"@en .
  <code/scope/department> a skos:Concept ; skos:inScheme <code/scope> ; skos:notation "department" ;
    skos:closeMatch <http://other.test/scope/1> ;
    skos:definition "部门汇总的口径。"@zh ; skos:topConceptOf <code/scope> .
  <code/scope/unit> a skos:Concept ; skos:inScheme <code/scope> ; skos:notation "unit" ;
    skos:prefLabel "单位"@zh ; skos:broader <code/scope/department> .
  <code/theme> a skos:ConceptScheme ; skos:prefLabel "职能主题"@zh .
  <code/theme/service-platform> a skos:Concept ; skos:inScheme <code/theme> ;
    skos:notation "service-platform" .
  gl:Change a owl:Class ; rdfs:label "变动"@zh , "Change"@en ; rdfs:isDefinedBy <ns> ;
    skos:definition "一个金额与基准的比较。"@zh .
  gl:percent a owl:DatatypeProperty ; rdfs:domain gl:Change ; rdfs:isDefinedBy <ns> ;
    rdfs:label "幅度"@zh .
}
"""
)
FIRST, SECOND = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"
FIRST_OFFICE, SECOND_OFFICE = "000000-aaaaaaaa", "000000-bbbbbbbb"
DUTY = "负责<b>政务</b>平台建设"
REASON = "新增平台项目"
SENTENCE = f"2022年度支出合计120.50万元，较上年增加20.50万元，增长25.00%，主要原因是{REASON}。"


def span(document: str, text: str, quote: str) -> str:
    """The IRI of the place of a quote."""
    start = text.index(quote)
    return f"<id/doc/{document}/text/{sha(text)[:12]}#char={start},{start + len(quote)}>"


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def described_spans(document: str, text: str, *quotes: str) -> str:
    """Spans with their selectors, as blank nodes."""
    return "".join(
        f"{span(document, text, quote)} a gl:TextSpan ; gl:text '''{quote}'''@zh ; "
        f"oa:hasSource <id/doc/{document}/text/{sha(text)[:12]}> ; oa:hasSelector [ "
        f"a oa:TextPositionSelector ; oa:start {text.index(quote)} ; "
        f"oa:end {text.index(quote) + len(quote)} ] .\n"
        for quote in quotes
    )


def document_trig(document: str, office: str, name: str, text: str) -> str:
    """The graphs of a document that states one function, one amount with a change, one anomaly."""
    duty, sentence, reason = (span(document, text, quote) for quote in (DUTY, SENTENCE, REASON))
    return f"""{PREFIXES}
<graph/doc/{document}> {{
  <id/doc/{document}> a gl:DisclosureDocument ; dcterms:title "{name}2022年度决算公开"@zh ;
    gl:disclosedBy <id/org/{office}> ; gl:fiscalYearOf "2022"^^xsd:gYear ;
    gl:documentKind <code/document-kind/final-accounts> ;
    gl:documentScope <code/scope/department> ; gl:hasText <id/doc/{document}/text/{sha(text)[:12]}> .
  <id/doc/{document}/text/{sha(text)[:12]}> a gl:DocumentText ; gl:textOf <id/doc/{document}> ;
    gl:sha256 "{sha(text)}" ; gl:charCount {len(text)} .
  <id/org/{office}> a gl:Department , gl:PublicBody ; skos:prefLabel "{name}"@zh ;
    skos:altLabel "样板"@zh ; gl:division <id/div/000000-{office[-8:]}> ; gl:actsAlsoAs <id/org/{office}-plate> .
  <id/org/{office}-plate> a gl:NameplateBody , gl:PublicBody ; skos:prefLabel "{name}第二牌子"@zh .
  <id/div/000000-{office[-8:]}> a gl:AdministrativeDivision ; skos:prefLabel "示例市"@zh .
  <id/fn/{document}/1> a gl:FunctionStatement ; gl:functionOf <id/org/{office}> ; gl:ordinal 1 ;
    gl:text "{DUTY}"@zh ; gl:textKey "k1" ; gl:statedIn {duty} .
  <id/obs/{document}/total> a gl:FiscalObservation ; gl:organization <id/org/{office}> ;
    gl:scope <code/scope/department> ; gl:fiscalYear "2022"^^xsd:gYear ;
    gl:phase <code/phase/final> ; gl:fund <code/fund/all> ; gl:flow <code/flow/expenditure> ;
    gl:item <code/item/total> ; gl:nature <code/nature/all> ; gl:amount 1205000.0 ;
    gl:basis <code/basis/stated-text> ; gl:statedIn {sentence} .
  <id/chg/{document}/total~previous-final> a gl:Change ; gl:current <id/obs/{document}/total> ;
    gl:baselineKind <code/baseline/previous-final> ; gl:direction <code/direction/increase> ;
    gl:delta 205000.0 ; gl:percent 25.0 ; gl:statedIn {sentence} ; gl:reason <id/rsn/{document}/1> .
  <id/rsn/{document}/1> a gl:ReasonStatement ; gl:text "{REASON}"@zh ; gl:textKey "k2" ;
    gl:statedIn {reason} .
  {described_spans(document, text, DUTY, SENTENCE, REASON)}
}}
<graph/derived/{document}> {{
  <id/fn/{document}/1> gl:theme <code/theme/service-platform> , <code/theme/other> .
  <id/ta/{document}/1> a gl:ThemeAssignment ; gl:assignedTo <id/fn/{document}/1> ;
    gl:assignedTheme <code/theme/service-platform> ; gl:matchedCue "平台"@zh .
  <id/rsn/{document}/1> gl:cause <code/cause/proj.new> .
}}
<graph/quality/{document}> {{
  <id/ano/{document}/1> a gl:Anomaly ; oa:hasTarget {sentence} , <id/obs/{document}/total> ;
    gl:anomalyType <code/anomaly/percent> ; gl:severity <code/severity/error> ;
    oa:hasBody <id/ano/{document}/1#why-zh> , <id/ano/{document}/1#why-en> ;
    gl:calculation <id/ano/{document}/1#calculation> .
  <id/ano/{document}/1#why-zh> rdf:value "20.50/100.00=20.50%，不是25.00%"@zh .
  <id/ano/{document}/1#why-en> rdf:value "20.50/100.00=20.50%, not 25.00%"@en .
  <id/ano/{document}/1#calculation> a gl:Calculation ; rdfs:label "增减幅度"@zh , "growth"@en ;
    gl:operator <code/operator/percentage> ; gl:unit <code/unit/percent> ; gl:computed 20.5 ; gl:stated 25.0 ;
    gl:difference 4.5 ; gl:hasTerm <id/ano/{document}/1#term-1> , <id/ano/{document}/1#term-2> .
  <id/ano/{document}/1#term-1> rdfs:label "增加额"@zh , "increase"@en ; gl:ordinal 1 ; gl:termValue 20.5 ;
    gl:unit <code/unit/wanyuan> .
  <id/ano/{document}/1#term-2> rdfs:label "上年决算数"@zh , "last year"@en ; gl:ordinal 2 ; gl:termValue 100 ;
    gl:unit <code/unit/wanyuan> ; gl:divides true .
}}
"""


def quads_of(trig: str) -> Iterator[Quad]:
    """The quads of a TriG text."""
    yield from parse(trig, format=RdfFormat.TRIG)


def document(document_id: str, office: str, name: str) -> DocumentGraphs:
    """A document of the fixture; its text holds markup that must never come alive."""
    text = f"{name}\r\n一、职能\n{DUTY}；<script>alert('1')</script>\n二、收支\n{SENTENCE}\n"
    trig = document_trig(document_id, office, name, text)
    return DocumentGraphs(document_id, f"{name}.txt", text, "{}", quads_of(trig))


def build_release(folder: Path, vocabulary: str = VOCABULARY) -> Release:
    """A release of both documents."""
    documents = [
        document(FIRST, FIRST_OFFICE, "示例市甲区样板局"),
        document(SECOND, SECOND_OFFICE, "示例市乙区样板局"),
    ]
    return DataFolder(folder).build(documents, quads_of(vocabulary)).release


class Service:
    """The application, asked without a network."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner, client: httpx.AsyncClient) -> None:
        self.app, self.runner, self.client = app, runner, client

    def ask(
        self,
        path: str,
        accept: str | None = None,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """One request; `accept` is the Accept header, none without it."""
        own = {**(headers or {}), **({} if accept is None else {"Accept": accept})}
        request = self.client.build_request(method, path, headers=own, content=content)
        if accept is None:
            del request.headers["Accept"]
        return self.runner.run(self.client.send(request))

    def page(self, path: str) -> str:
        """The HTML at a path, which must be there."""
        response = self.ask(path, accept="text/html")
        assert response.status_code == 200, response.text
        return response.text


@contextmanager
def running(settings: Settings) -> Iterator[Service]:
    """The application with its worker processes."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://service.test")
    with asyncio.Runner() as runner:
        lifespan = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        try:
            yield Service(app, runner, client)
        finally:
            runner.run(client.aclose())
            runner.run(lifespan.__aexit__(None, None, None))


def with_context(service: Service, response: httpx.Response) -> bytes:
    """JSON-LD with the context that it names in its place, as a client loads it."""
    content = response.json()
    path = content["@context"]
    content["@context"] = service.ask(path).json()["@context"]
    return json.dumps(content).encode()


@contextmanager
def listening(settings: Settings) -> Iterator[tuple[str, int]]:
    """The application behind the real protocol on a real socket."""
    configuration = uvicorn.Config(
        create_app(settings), log_level="error", http=HttpProtocol, ws="none"
    )
    server = uvicorn.Server(configuration)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield listener.getsockname()
        finally:
            server.should_exit = True
            thread.join(timeout=20)
