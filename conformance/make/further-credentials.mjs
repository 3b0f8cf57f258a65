// Endorsements, refreshed badges, schemas that a badge names, and status lists of 2021.
import { keys } from './keys.mjs'
import { jws, prove } from './sign.mjs'
import { claims, edwards, header } from './sound-credentials.mjs'
import {
  credential,
  EXTENSIONS,
  encodeList,
  HOST,
  ISSUER,
  keyUrl,
  LISTS,
  OB3,
  oldCredential,
  STATUS_2021,
  STRANGER,
  VC2,
} from './world.mjs'

const kind = 'OpenBadgeCredential 3.0'
const old = 'OpenBadgeCredential 3.0 (VC 1.1)'
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const byStranger = { ...edwards, key: keys.stranger, verificationMethod: keyUrl('stranger') }

export async function addFurtherCredentials({ add }) {
  await addEndorsements(add)
  await add('v3/refreshed.json', {
    about: 'A badge with a refresh service that answers with a newer form of it.',
    kind,
    make: () => prove(refreshed('refreshed'), edwards),
  })
  await addSchemas(add)
  await addLists(add)
}

/** A badge that names a refresh service; the newer form has another description. */
export function refreshed(name, more = {}) {
  return credential(name, {
    '@context': [VC2, OB3, EXTENSIONS],
    refreshService: { id: `${HOST}/refresh/${name}`, type: '1EdTechCredentialRefresh' },
    ...more,
  })
}

function endorsement(about) {
  return {
    '@context': [VC2, OB3],
    id: 'https://stranger.example/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Praise',
    issuer: { id: STRANGER, type: ['Profile'], name: 'Stranger' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: about,
      type: ['EndorsementSubject'],
      endorsementComment: 'Sound work',
    },
  }
}

async function addEndorsements(add) {
  const recordOf = (name) => `${HOST}/credentials/${name}`
  await add('v3/endorsement.json', {
    about: 'An endorsement by itself.',
    kind: 'EndorsementCredential 3.0',
    make: () => prove(endorsement(recordOf('endorsed')), byStranger),
  })
  await add('v3/endorsed.json', {
    about: 'A badge with an endorsement that holds, inside what the issuer signed.',
    kind,
    make: async () => {
      const praise = await prove(endorsement(recordOf('endorsed')), byStranger)
      return await prove(credential('endorsed', { endorsement: [praise] }), edwards)
    },
  })
  await add('v3/endorsed-jwt.jws', {
    about: 'A badge that is a JWT with an endorsement that is one, too.',
    kind: 'OpenBadge JWT',
    make: () => {
      const praise = endorsement(recordOf('endorsed-jwt'))
      const more = { iss: STRANGER, jti: praise.id, sub: praise.credentialSubject.id }
      const token = jws(
        { ...praise, ...more, nbf: claims(praise).nbf },
        { key: keys.stranger, typ: 'JWT', kid: keyUrl('stranger') },
      )
      const badge = credential('endorsed-jwt', { endorsementJwt: [token] })
      return jws({ ...badge, ...claims(badge) }, header('rsa'))
    },
  })
  await add('v3/endorsed-elsewhere.json', {
    about: 'A badge with an endorsement of another badge: told, and the badge is no less valid.',
    kind,
    make: async () => {
      const praise = await prove(endorsement(recordOf('other')), byStranger)
      return await prove(credential('endorsed-elsewhere', { endorsement: [praise] }), edwards)
    },
  })
}

async function addSchemas(add) {
  const naming = (name, schema) =>
    prove(
      credential(name, {
        '@context': [VC2, OB3, EXTENSIONS],
        credentialSchema: [
          { id: `${HOST}/schemas/${schema}`, type: '1EdTechJsonSchemaValidator2019' },
        ],
      }),
      edwards,
    )
  await add('v3/schema.json', {
    about: 'A badge that follows the JSON Schema which it names.',
    kind,
    make: () => naming('schema', 'named.json'),
  })
  await add('v3/schema-unreachable.json', {
    about: 'A badge whose JSON Schema does not answer: told, and the badge is no less valid.',
    kind,
    make: () => naming('schema-unreachable', 'nowhere.json'),
  })
  await add('refused/schema.json', {
    about: 'A badge that does not follow the JSON Schema which it names.',
    kind,
    verdict: 'invalid',
    check: 'schema',
    error: 'ERR_OB_SCHEMA',
    make: () => naming('schema-refused', 'evidence.json'),
  })
}

async function addLists(add) {
  const withIndex = (name, index) =>
    prove(
      oldCredential(name, [STATUS_2021, DATA_INTEGRITY], {
        credentialStatus: {
          id: `${LISTS.old}#${index}`,
          type: 'StatusList2021Entry',
          statusPurpose: 'revocation',
          statusListIndex: String(index),
          statusListCredential: LISTS.old,
        },
      }),
      edwards,
    )
  await add('v3/vc11-status-2021.json', {
    about: 'A badge that is not revoked, by a StatusList2021.',
    kind: old,
    make: () => withIndex('status-2021', 7),
  })
  await add('refused/vc11-status-2021.json', {
    about: 'A revoked badge, by a StatusList2021.',
    kind: old,
    verdict: 'revoked',
    check: 'status',
    error: 'ERR_OB_REVOKED',
    make: () => withIndex('status-2021-revoked', 5),
  })
}

/** What the addresses in these badges answer. */
export async function furtherDocuments() {
  const schema = (...required) => ({
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    type: 'object',
    required,
  })
  const newer = refreshed('refreshed', {
    description: 'Given again',
    validFrom: '2026-02-01T00:00:00Z',
  })
  return {
    [`${HOST}/schemas/named.json`]: schema('name', 'credentialSubject'),
    [`${HOST}/schemas/evidence.json`]: schema('evidence'),
    [`${HOST}/refresh/refreshed`]: await prove(newer, edwards),
    [LISTS.old]: await prove(oldList(), edwards),
  }
}

function oldList() {
  // Written without the leading u of today's lists.
  const encodedList = encodeList(5).slice(1)
  return {
    '@context': ['https://www.w3.org/2018/credentials/v1', STATUS_2021, DATA_INTEGRITY],
    id: LISTS.old,
    type: ['VerifiableCredential', 'StatusList2021Credential'],
    issuer: ISSUER,
    issuanceDate: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: `${LISTS.old}#list`,
      type: 'StatusList2021',
      statusPurpose: 'revocation',
      encodedList,
    },
  }
}
