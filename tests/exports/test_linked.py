"""Linked data: Web Annotations with PROV-O by rdflib and SHACL, schema.org by its own JSON Schema."""

from __future__ import annotations

import json

import jsonschema
import pyshacl
import rdflib
from rdflib.namespace import PROV

from tests.exports.conftest import Export
from tests.exports.made import STRIKE, beacon, courier
from tollbook.exports.claimreview import SCHEMA
from tollbook.exports.jsonld import VOCABULARY

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
TOLL = rdflib.Namespace(VOCABULARY)

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix toll: <https://w3id.org/tollbook/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <urn:shapes:> .
:Annotation a sh:NodeShape ; sh:targetClass oa:Annotation ;
  sh:property [ sh:path oa:hasBody ; sh:minCount 1 ; sh:maxCount 1 ; sh:class toll:Claim ] ;
  sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:maxCount 1 ; sh:class oa:SpecificResource ] ;
  sh:property [ sh:path oa:motivatedBy ; sh:hasValue oa:describing ] ;
  sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:class prov:Activity ] .
:Target a sh:NodeShape ; sh:targetClass oa:SpecificResource ;
  sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:pattern "^urn:sha256:[0-9a-f]{64}$" ] ;
  sh:property [ sh:path oa:hasSelector ; sh:minCount 2 ] .
:Quote a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] .
:Position a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
  sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:datatype xsd:nonNegativeInteger ] ;
  sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:datatype xsd:nonNegativeInteger ] .
:Claim a sh:NodeShape ; sh:targetClass toll:Claim ;
  sh:property [ sh:path toll:harm ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path toll:low ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ;
  sh:property [ sh:path toll:from ; sh:maxCount 1 ; sh:datatype xsd:date ] .
"""


def test_annotations_hold_by_shacl_and_in_the_text(export: Export) -> None:
    """rdflib reads the graph offline, pyshacl finds it well-formed, and each selector selects its words in the text."""
    graph = rdflib.Graph().parse(data=export("jsonld", names=True).read_text("utf-8"), format="json-ld")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    assert conforms, report
    texts = {doc.source.sha256: doc.text for doc, _, _ in (courier(), beacon())}
    seen = 0
    for target in graph.subjects(rdflib.RDF.type, OA.SpecificResource):
        text = texts.get(str(graph.value(target, OA.hasSource)).removeprefix("urn:sha256:"))
        if text is None:
            continue
        words = {str(exact) for selector in graph.objects(target, OA.hasSelector)
                 for exact in graph.objects(selector, OA.exact)}  # fmt: skip
        for selector in graph.objects(target, OA.hasSelector):
            start, end = graph.value(selector, OA.start), graph.value(selector, OA.end)
            if start is not None and end is not None:
                assert {text[int(start) : int(end)]} == words
                seen += 1
    assert seen == 5


def test_provenance_names_the_claimant_and_the_report(export: Export) -> None:
    """A claim is derived from a report; its primary source is who says it; a rejected claim is not handed out."""
    graph = rdflib.Graph().parse(data=export("jsonld").read_text("utf-8"), format="json-ld")
    sources = {str(name) for name in graph.objects(None, PROV.hadPrimarySource / rdflib.SDO.name)}
    assert sources == {"Syrian Ministry of Health", "Valley Monitor", "a tribal leader"}
    assert len(list(graph.objects(rdflib.URIRef(f"urn:tollbook:{STRIKE}"), PROV.hadMember))) == 5
    assert len(list(graph.subjects(rdflib.RDF.type, OA.Annotation))) == 7


def test_reviews_only_where_a_person_graded(export: Export) -> None:
    """Every line is valid; one incident was graded, so one ClaimReview, with the word, its definition and its
    author."""
    lines = [json.loads(line) for line in export("claimreview", reviewers=True).read_text("utf-8").splitlines()]
    checker = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    for line in lines:
        checker.validate(line)
    (review,) = [line for line in lines if line["@type"] == "ClaimReview"]
    assert review["reviewRating"]["alternateName"] == "fair" and review["reviewRating"]["ratingValue"] == 4
    assert review["author"] == {"@type": "Person", "name": "Ines Okoye"}
    assert review["reviewBody"] == "two sources"
    claim = next(line for line in lines if line["@type"] == "Claim")
    assert claim["author"]["name"] == "Syrian Ministry of Health"
    assert claim["appearance"]["url"] == "https://courier.example/1"


def test_reviewers_are_numbers_unless_asked_for(export: Export) -> None:
    """Whoever judged is not named."""
    for name in ("claimreview", "jsonl", "sqlite", "pack"):
        out = export(name)
        for path in out.parent.iterdir():
            assert b"Okoye" not in path.read_bytes(), (name, path.name)
