import {
  buildCredential,
  type CredentialInput,
  controllerDocument,
  generateKeyPair,
  keyDocument,
} from '../../src/index.js'

const site = 'https://badges.example'
export const issuer = `${site}/issuers/1`
export const method = `${site}/keys/1`
export const created = '2026-01-01T00:00:00Z'
export const now = new Date('2026-06-01T00:00:00Z')
export const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key

/** What the issuer publishes. */
export const world: Record<string, object> = {
  [method]: keyDocument({ id: method, controller: issuer, publicKeyMultibase }),
  [issuer]: controllerDocument({ id: issuer, keys: [{ id: method, publicKeyMultibase }] }),
}
export const documents = async (url: string) => world[url]

const text = 'Learners have shown that they can read, explain and apply what the course teaches. '

const least: CredentialInput = {
  id: `${site}/credentials/1`,
  issuer: { id: issuer, name: 'Example University' },
  achievement: {
    id: `${site}/badges/1`,
    name: 'Data analysis',
    description: 'Analyses data.',
    criteria: { narrative: 'Passed the exam.' },
  },
  recipient: { email: 'ana@example.org', salt: 'pepper' },
  validFrom: created,
}

const much: CredentialInput = {
  ...least,
  description: text,
  validUntil: '2030-01-01T00:00:00Z',
  awardedDate: created,
  issuer: { ...least.issuer, url: site, description: text, image: `${site}/logo.png` },
  achievement: {
    ...least.achievement,
    description: text,
    criteria: { id: `${site}/badges/1#criteria`, narrative: text },
    image: { id: `${site}/badges/1.png`, caption: 'A chart' },
    tags: ['data', 'statistics', 'analysis'],
    achievementType: 'Course',
    inLanguage: 'en',
    version: '2',
    creditsAvailable: 2.5,
    alignment: [1, 2].map((n) => ({
      targetName: `Competency ${n}`,
      targetUrl: `https://framework.example/${n}`,
      targetCode: `C${n}`,
      targetFramework: 'Framework of competencies',
      targetType: 'ceasn:Competency',
    })),
  },
  recipient: { ...least.recipient, id: 'did:example:ana', name: 'Ana' },
  narrative: text,
  evidence: ['Essay', 'Exam', 'Project'].map((name) => ({
    id: `${site}/evidence/${name}`,
    name,
    narrative: text,
    genre: 'Work',
  })),
}

/** The two sizes of badges that are measured. */
export const inputs = { small: least, typical: much }
export const build = (size: keyof typeof inputs) => buildCredential(inputs[size])
