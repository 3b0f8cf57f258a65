/**
 * The terms of a learner record, which stand beside those of Open Badges (CLR 2.0, appendix).
 *
 * No package carries these contexts. Version 2.0.0 named its terms by the specification's own address
 * and had no `partial` and `identifier`; 2.0.1 moved to the shared vocabulary. The types of ids stay
 * the unexpanded `xsd:` names: the official canonical form has them so.
 */
export function clrContext(version: '2.0.0' | '2.0.1'): object {
  const { clr, ob, ...terms } = versions[version]
  return {
    '@context': {
      ...keywords,
      ClrCredential: { '@id': `${clr}ClrCredential`, '@context': { ...keywords, ...terms.record } },
      ClrSubject: {
        '@id': `${clr}ClrSubject`,
        '@context': {
          ...keywords,
          cred: CREDENTIALS,
          obi: ob,
          achievement: setOf(`${clr}achievement`, `${ob}Achievement`),
          association: setOf(`${clr}association`, `${clr}Association`),
          verifiableCredential: setOf(
            `${clr}verifiableCredential`,
            `${CREDENTIALS}verifiableCredential`,
          ),
          ...terms.subject,
        },
      },
      Association: {
        '@id': `${clr}Association`,
        '@context': {
          associationType: { '@id': `${clr}AssociationType` },
          sourceId: { '@id': `${clr}sourceId`, '@type': 'xsd:anyURI' },
          targetId: { '@id': `${clr}targetId`, '@type': 'xsd:anyURI' },
        },
      },
    },
  }
}

const keywords = { id: '@id', type: '@type' }
const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
const CLR = 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#'
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

const versions = {
  '2.0.0': {
    clr: 'https://purl.imsglobal.org/spec/clr/v2p0/vocab.html#',
    ob: 'https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#',
    record: {},
    subject: {},
  },
  '2.0.1': {
    clr: CLR,
    ob: OB,
    record: { partial: { '@id': `${CLR}partial`, '@type': 'xsd:boolean' } },
    subject: { identifier: setOf(`${CLR}identifier-1`, `${OB}Identifier`) },
  },
}

function setOf(id: string, type: string): object {
  return { '@id': id, '@type': type, '@container': '@set' }
}
