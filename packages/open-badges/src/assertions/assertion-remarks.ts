import { objectOf } from '../credentials/summary.js'
import { asArray, type JsonObject, stringsOf } from '../json/json.js'
import { skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { type Graph, isForeignClass } from './assertion-graph.js'

/** What is worth saying about an assertion and does not count against it. */
export function remarksOn(assertion: JsonObject, graph: Graph): readonly Check[] {
  return [
    ...remarksOnExtensions([assertion, graph.badgeClass, graph.issuer]),
    ...remarksOnIssuer(graph),
    ...remarksOnAddresses(assertion, graph),
  ]
}

// Published by the makers of the standard; their schemas are not fetched, so neither is checked.
const OWN_EXTENSION = /^https:\/\/w3id\.org\/openbadges\/extensions\//

function remarksOnExtensions(documents: readonly JsonObject[]): readonly Check[] {
  const found = documents.flatMap(extensionsOf)
  if (found.length === 0) return []
  const names = [...new Set(found.map(({ name }) => name))].join(', ')
  const message = `The badge carries extensions, which are not checked: ${names}`.slice(0, 400)
  const strange = found
    .flatMap(({ contexts }) => contexts)
    .filter((url) => !OWN_EXTENSION.test(url))
  const unknown = `An extension is of unknown meaning, as nothing here knows its context: ${strange.join(', ')}`
  return [
    { ...skipped('schema', `${message}.`), detail: { extensions: found } },
    ...(strange.length > 0 ? [warning('context', `${unknown.slice(0, 400)}.`)] : []),
  ]
}

// OB 2.0, Extensions: an object whose type names it an Extension, under a name of its own.
function extensionsOf(document: JsonObject) {
  return Object.entries(document)
    .filter(([name, value]) => name.startsWith('extensions:') || isExtension(value))
    .map(([name, value]) => ({
      name: name.slice(0, 80),
      contexts: asArray(value).flatMap((one) => stringsOf(objectOf(one)['@context'])),
    }))
}

function isExtension(value: unknown): boolean {
  return asArray(value).some((one) => stringsOf(objectOf(one)['type']).includes('Extension'))
}

// OB 2.0, Profile: the id should be an HTTPS address. Nobody listens in on one's own machine.
function remarksOnIssuer({ issuer }: Graph): readonly Check[] {
  const address = String(issuer['id'])
  if (!/^http:/i.test(address) || /^http:\/\/(localhost|127\.|\[::1\])/i.test(address)) return []
  const message =
    'The issuer is named by an http address, which anybody on the way can answer for; it should be https.'
  return [warning('issuer', message, { detail: { issuer: address } })]
}

function remarksOnAddresses(assertion: JsonObject, graph: Graph): readonly Check[] {
  const { id } = graph.badgeClass
  if (!isForeignClass(assertion, graph)) return []
  const message =
    'What the badge stands for is described in the badge itself, under an address of another host that was not asked: the description is that of the issuer of this badge.'
  return [warning('issuer', message, { detail: { badgeClass: id } })]
}
