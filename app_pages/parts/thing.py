"""Any thing of the graph: what it is, what is said of it, and what refers to it."""

from dataclasses import replace

from app_pages.parts import statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, items
from kg.publish.serialised import FORMATS
from kg.views import PropertyValue, Referring, Thing

SHOWN = 20
KINDS = {
    "foaf:Agent": "Whoever publishes under this name",
    "foaf:Group": "A group of people",
    "foaf:Person": "A person",
    "graph": "A part of the collection",
    "org:Organization": "An organisation",
    "org:Role": "A role",
    "owl:AnnotationProperty": "A term of our vocabulary",
    "owl:Class": "A term of our vocabulary",
    "owl:DatatypeProperty": "A term of our vocabulary",
    "owl:ObjectProperty": "A term of our vocabulary",
    "owl:Ontology": "Our vocabulary",
    "sh:NodeShape": "A rule that the data has to keep",
    "sh:PropertyShape": "A rule that the data has to keep",
    "skos:Concept": "A term",
    "skos:ConceptScheme": "A list of terms",
    "sl:Activity": "Something to do in a session",
    "sl:CaseStudy": "A case",
    "sl:Claim": "A statement",
    "sl:Excerpt": "A place in a document",
    "sl:Field": "What is said of no single case",
    "sl:FollowUp": "Something to do after a session",
    "sl:FrameBlock": "A part that every session needs",
    "sl:HybridRule": "A rule for hybrid meetings",
    "sl:Illustration": "A reading of ours",
    "sl:KeyFact": "A fact of a story",
    "sl:MergedSource": "A record merged into another",
    "sl:Omission": "Something that was read and left out",
    "sl:Paragraph": "A paragraph of a document",
    "sl:Place": "A place",
    "sl:Preparation": "Something to do before a session",
    "sl:Programme": "A programme, plan or arrangement",
    "sl:Prompt": "A question to put to a group",
    "sl:Section": "A section of a document",
    "sl:Sentence": "A sentence of a document",
    "sl:SessionPlan": "A ready-made session",
    "sl:Source": "A document",
    "sl:Step": "A step of an activity",
    "sl:Story": "A story",
    "sl:StorySentence": "A sentence of a story",
}
# What a concept is, by its list, where that has another name on the screen.
CONCEPTS = {
    "challenges": "A difficulty",
    "conditions": "What helps leaders to work together",
    "facilitator-practices": "What facilitators do",
    "factors": "One of the five factors",
    "goals": "What was hoped for or intended",
    "outcomes": "What was reported",
    "practices": "What leaders did",
    "principles": "A principle that leaders wrote down",
    "service-actions": "A change to services",
}
SAID = {
    "dcterms:creator": "Written by",
    "dcterms:isPartOf": "Part of",
    "dcterms:isVersionOf": "A version of",
    "dcterms:issued": "Year",
    "dcterms:publisher": "Published by",
    "dcterms:source": "Rests on",
    "dcterms:spatial": "Where",
    "dcterms:subject": "About",
    "dcterms:title": "Title",
    "foaf:page": "On the web",
    "oa:hasBody": "The term we file it under",
    "oa:hasTarget": "The statement",
    "org:classification": "Kind of body",
    "prov:wasDerivedFrom": "Rests on",
    "rdf:value": "Says",
    "rdfs:isDefinedBy": "Belongs to",
    "rdfs:seeAlso": "See also",
    "rdfs:subClassOf": "A kind of",
    "sh:class": "Has to be a thing of the class",
    "sh:closed": "Nothing else is allowed",
    "sh:datatype": "Kind of value",
    "sh:ignoredProperties": "Save for",
    "sh:languageIn": "In the language",
    "sh:maxCount": "At most",
    "sh:minCount": "At least",
    "sh:node": "Has to keep",
    "sh:or": "One of these has to hold",
    "sh:path": "Looks at",
    "sh:property": "Its parts",
    "sh:targetClass": "Holds for",
    "skos:altLabel": "Also called",
    "skos:broader": "Grouped under",
    "skos:example": "Example",
    "skos:related": "Related",
    "sl:about": "About",
    "sl:affiliation": "Where its authors work",
    "sl:anchor": "Look for",
    "sl:answersChallenge": "Difficulty it answers",
    "sl:basis": "How sure",
    "sl:beforehand": "What to do before the day",
    "sl:byline": "Written by",
    "sl:citedAs": "What the paper that cites it calls it",
    "sl:competesWith": "Where another document disagrees",
    "sl:copyRead": "Where it was read",
    "sl:credit": "Whom it goes back to",
    "sl:documentKind": "Kind of document",
    "sl:facesChallenge": "Difficulties it faces",
    "sl:factKind": "Kind of fact",
    "sl:fewestPeople": "Fewest people",
    "sl:fitsMode": "How it can be done",
    "sl:followedUpBy": "What happened next",
    "sl:haveMet": "Most have met before",
    "sl:imprint": "Published by",
    "sl:leastMinutes": "Fewest minutes",
    "sl:minutes": "Minutes",
    "sl:modeNote": "Online and hybrid",
    "sl:mostMinutes": "Most minutes",
    "sl:mostPeople": "Most people",
    "sl:needs": "What it needs",
    "sl:notWhen": "Not when",
    "sl:object": "What it names",
    "sl:omits": "Where it stands",
    "sl:people": "People",
    "sl:readAgainst": "Read beside its statements as",
    "sl:readingExtent": "How much of it was read",
    "sl:reportsOutcome": "Results it reports",
    "sl:risk": "Risk",
    "sl:riskNote": "What can go wrong, and what to do",
    "sl:sentence": "Sentence",
    "sl:servesFactor": "Factor it serves",
    "sl:showsQuality": "Qualities it shows",
    "sl:stage": "Where in a session",
    "sl:storyOf": "Story of",
    "sl:storyPart": "Part of the story",
    "sl:subject": "Who or what it speaks of",
    "sl:suitsAny": "Of use whatever the difficulty",
    "sl:tier": "How it came to be published",
    "sl:toDrop": "What to drop if time runs short",
    "sl:toSay": "What to say",
    "sl:treatedUnderFactor": "Factor it is treated under",
    "sl:useWhen": "When to use it",
    "sl:usesPractice": "What it does",
    "sl:usesPrompt": "Questions that go with it",
    "sl:usualMinutes": "Usual minutes",
    "sl:voiceReason": "Why this voice",
    "sl:wording": "Words to send",
    "sl:worksOn": "Meant for, by our judgement",
    "sl:yearBasis": "How its year is known",
    "void:triples": "Size, in single facts",
}
OF_A_STATEMENT = {"dcterms:source": "The document it stands in"}
OF_AN_ACTIVITY = {"dcterms:source": "What prompted it", "rdfs:seeAlso": "Where that was checked"}
OF_KINDS = {"sl:Claim": OF_A_STATEMENT, "sl:Activity": OF_AN_ACTIVITY, "sl:FrameBlock": OF_AN_ACTIVITY}
REFERRING = {
    "dcterms:isPartOf": "Its parts",
    "dcterms:isVersionOf": "Copies and versions of it",
    "dcterms:source": "What rests on it",
    "dcterms:spatial": "What is told of this place",
    "dcterms:subject": "Left out about it",
    "oa:hasBody": "Statements of other documents that we file under it",
    "oa:hasTarget": "What we file it under",
    "org:classification": "Bodies of this kind",
    "rdf:type": "Things of this kind",
    "sh:or": "Rules that offer it as a choice",
    "sh:path": "Rules about it",
    "sh:property": "The rule it is a part of",
    "sh:targetClass": "Rules for it",
    "skos:broader": "Grouped under it",
    "skos:inScheme": "The terms in it",
    "skos:related": "Related",
    "sl:about": "Statements about it",
    "sl:answersChallenge": "What answers it",
    "sl:attribution": "Statements attributed to it",
    "sl:basis": "Statements and readings as sure as this",
    "sl:competesWith": "Where another document disagrees",
    "sl:copyRead": "Documents read in this way",
    "sl:direction": "Results that went this way",
    "sl:documentKind": "Documents of this kind",
    "sl:facesChallenge": "Who faces it",
    "sl:fitsMode": "What can be done in this way",
    "sl:followedUpBy": "Earlier statements that it follows up",
    "sl:hasSetback": "Where it happened",
    "sl:involvesParty": "Where it had a part",
    "sl:modality": "Statements said in this way",
    "sl:object": "Statements that name it",
    "sl:objectKind": "Relations that may end here",
    "sl:omits": "Read here and left out",
    "sl:passage": "Statements that stand here",
    "sl:polarity": "Statements said in this way",
    "sl:readingExtent": "Documents read to this extent",
    "sl:relation": "Statements of this kind",
    "sl:reportsOutcome": "Who reports it",
    "sl:risk": "Activities with this risk",
    "sl:servesFactor": "What serves it",
    "sl:setback": "Statements that tell of it",
    "sl:setsOutPrinciple": "Who set it out",
    "sl:showsFactor": "Who shows it",
    "sl:showsQuality": "Who shows it",
    "sl:stage": "Activities that belong here",
    "sl:subject": "Statements that speak of it",
    "sl:subjectKind": "Relations that may start here",
    "sl:tier": "Documents published in this way",
    "sl:treatedUnderFactor": "Difficulties treated under it",
    "sl:usesPractice": "Who does it",
    "sl:usesPrompt": "Activities that it goes with",
    "sl:usesServiceAction": "Who does it",
    "sl:voice": "Statements in this voice",
    "sl:worksOn": "Activities and questions meant for it, by our judgement",
    "sl:yearBasis": "Documents whose year is known in this way",
}


def draw(thing: Thing) -> str:
    """Draw the whole page of a thing."""
    return (
        ("" if thing.statement else f'<p class="kg-eyebrow">{_kind(thing)}</p>')
        + f"<h1>{escaped(heading(thing))}</h1>"
        + (f'<p class="kg-lede">{escaped(thing.definition)}</p>' if thing.definition else "")
        + (
            f'<ul class="kg-statements">{statement.draw(thing.statement)}</ul>'
            if thing.statement
            else "".join(f'<p class="kg-note">{escaped(note)}</p>' for note in thing.notes)
        )
        + '<div class="kg-body">'
        + _said(thing)
        + "".join(_referring(each) for each in thing.referring)
        + _formats(thing)
        + "</div>"
    )


def heading(thing: Thing) -> str:
    """Give the heading of a page: a statement is too long for one."""
    if thing.kind == "sl:Illustration":
        terms = [value.name for said in thing.said if said.key == "oa:hasBody" for value in said.values]
        return "Why a statement is filed under " + " and ".join(f"“{term}”" for term in terms)
    if thing.kind != "sl:Claim":
        return thing.name
    return "A statement about " + " and ".join(each.name for each in thing.about)


def _kind(thing: Thing) -> str:
    if thing.scheme is not None:
        scheme = thing.path.split("/")[1]
        return link_to(replace(thing.scheme, name=CONCEPTS.get(scheme, thing.scheme.name)))
    return escaped(KINDS.get(thing.kind, thing.kind))


def _said(thing: Thing) -> str:
    if not thing.said:
        return ""
    words = SAID | OF_KINDS.get(thing.kind, {})
    rows = "".join(
        f'<div class="kg-row"><p>{escaped(_words(each.key, each.label, words))}</p>'
        + (items([link_to(value) for value in each.values]) if len(each.values) > 1 else _only(each))
        + "</div>"
        for each in thing.said
    )
    heading = "What it speaks of" if thing.statement else "What is said of it"
    return f'<section><h2>{heading}</h2><div class="kg-rows">{rows}</div></section>'


def _only(said: PropertyValue) -> str:
    return f"<p>{link_to(said.values[0])}</p>"


def _words(key: str, label: str, words: dict[str, str]) -> str:
    """Name a property in plain words; where there are none, as the vocabulary names it."""
    return words.get(key) or (label[:1].upper() + label[1:]) or key


def _referring(group: Referring) -> str:
    heading = REFERRING.get(group.key) or f"What points here: {group.label or group.key}"
    first, rest = group.named[:SHOWN], group.named[SHOWN:]
    unnamed = group.count - len(group.named)
    return (
        f'<section><h2>{escaped(heading)} <span class="kg-grade">{group.count}</span></h2>'
        + (items([link_to(each) for each in first]) if first else "")
        + (
            '<details class="kg-reads"><summary><span>'
            f"{counted(len(rest), 'more', 'more')}</span></summary>{items([link_to(each) for each in rest])}"
            "</details>"
            if rest
            else ""
        )
        + (
            f"<p>{counted(unnamed, 'reading of ours has', 'readings of ours have')} no name of "
            f"{'its' if unnamed == 1 else 'their'} own.</p>"
            if unnamed
            else ""
        )
        + "</section>"
    )


def _formats(thing: Thing) -> str:
    """Say how programs get the same."""
    others = " · ".join(
        f'<a href="{escaped(thing.path)}.{form.suffix}">{escaped(form.name)}</a>' for form in FORMATS
    )
    return (
        f"<section><h2>For programs</h2><p>The same as linked data: {others}.</p>"
        f'<p class="kg-how">Its lasting name: {escaped(thing.iri)}</p></section>'
    )
