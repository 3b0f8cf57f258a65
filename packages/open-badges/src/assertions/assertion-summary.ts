import { criteriaOf, imageOf, objectOf, text } from '../credentials/summary.js'
import { asArray, type JsonObject, stringsOf } from '../json/json.js'
import { present } from '../json/members.js'
import type { BadgeSummary, EvidenceSummary } from '../report/report.js'
import { identifierOf } from './assertion-documents.js'
import type { Graph } from './assertion-graph.js'
import { languageOf, wordsOf } from './words.js'

/** What an assertion and what it leads to say, read leniently: they may be malformed. */
export function summaryOf(assertion: JsonObject, { badgeClass, issuer }: Graph): BadgeSummary {
  const { identity, hashed } = objectOf(assertion['recipient'])
  const language = languageOf(badgeClass) ?? languageOf(assertion)
  const words = (value: unknown) => wordsOf(value, language)
  return present({
    id: text(assertion['id']),
    name: words(badgeClass['name']),
    description: words(badgeClass['description']),
    image: imageOf(badgeClass['image']) ?? imageOf(assertion['image']),
    achievementId: identifierOf(assertion['badge']),
    achievementName: words(badgeClass['name']),
    criteria: toCriteria(badgeClass['criteria'], words),
    issuerId: text(issuer['id']) ?? identifierOf(badgeClass['issuer']),
    issuerName: words(issuer['name']),
    issuerUrl: text(issuer['url']),
    recipient: hashed === false ? text(identity) : undefined,
    validFrom: text(assertion['issuedOn']),
    validUntil: text(assertion['expires']),
    tags: stringsOf(badgeClass['tags']),
    language,
    evidence: asArray(assertion['evidence']).flatMap((one) => toEvidence(one, words)),
    alignments: asArray(badgeClass['alignment']).flatMap((one) => toAlignment(one, words)),
  })
}

type Words = (value: unknown) => string | undefined

function toCriteria(criteria: unknown, words: Words): BadgeSummary['criteria'] {
  const [one = criteria] = asArray(criteria)
  const { narrative } = objectOf(one)
  return narrative === undefined
    ? criteriaOf(one)
    : criteriaOf({ ...objectOf(one), narrative: words(narrative) })
}

// Before 2.0 evidence was an address and nothing more (OB 1.1, Assertion).
function toEvidence(evidence: unknown, words: Words): readonly EvidenceSummary[] {
  const { name, narrative, description } = objectOf(evidence)
  const said = words(narrative) ?? words(description)
  const found = present({ id: identifierOf(evidence), name: words(name), narrative: said })
  return Object.keys(found).length === 0 ? [] : [found]
}

// `name` and `url` before 2.0 (OB 1.1, AlignmentObject).
function toAlignment(alignment: unknown, words: Words) {
  const { targetName, targetUrl, name, url } = objectOf(alignment)
  const title = words(targetName ?? name)
  return title === undefined ? [] : [present({ name: title, url: text(targetUrl ?? url) })]
}
