import type { SchemaDraft } from '@cfworker/json-schema'
import { toOpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { failed, passed, skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import type { Budget } from './budget.js'
import { hasType } from './credential-schema.js'
import { text } from './summary.js'
import { violationOf } from './validate-json.js'

const CLAUSE = 'Open Badges 3.0, CredentialSchema'
const MAX_SCHEMAS = 4

// What the names stand for; a schema that names its own draft is read by that one.
const drafts: ReadonlyMap<string, SchemaDraft> = new Map<string, SchemaDraft>([
  ['1EdTechJsonSchemaValidator2019', '2019-09'],
  ['JsonSchema', '2020-12'],
  ['JsonSchemaValidator2018', '7'],
])

/**
 * Checks a credential against the schemas that its issuer named (Open Badges 3.0, 9.1 step 1).
 *
 * A schema that cannot be had, or not be run in time, is told and not held against the badge.
 */
export async function checkJsonSchemas(
  credential: JsonObject,
  budget: Budget,
  documents: Documents,
): Promise<readonly Check[]> {
  const entries = asArray(credential['credentialSchema'])
  const checks: Check[] = []
  for (const entry of entries.slice(0, MAX_SCHEMAS)) {
    checks.push(await checkEntry(entry, credential, { budget, documents }))
  }
  if (entries.length <= MAX_SCHEMAS) return checks
  return [...checks, skipped('schema', `Only the first ${MAX_SCHEMAS} schemas were read.`)]
}

async function checkEntry(
  entry: unknown,
  credential: JsonObject,
  { budget, documents }: { budget: Budget; documents: Documents },
): Promise<Check> {
  const { url, draft } = parseEntry(entry)
  // Other kinds are to be ignored (Open Badges 3.0, CredentialSchema).
  if (url === undefined || draft === undefined) {
    return skipped('schema', 'The badge names a kind of schema that is not read here.')
  }
  if (budget.schemaMs < 1) return skipped('schema', 'There was no time left for this schema.')
  try {
    const schema = await documents(url)
    const violation = spend(budget, (ms) => violationOf(credential, schema, { draft, ms }))
    return violation === undefined
      ? passed('schema', 'The badge follows the schema that it names.', told(url))
      : failed('schema', toProblem(violation), told(url))
  } catch (error) {
    const { message } = toOpenBadgesError(error, 'ERR_OB_SCHEMA_UNREACHABLE', 'It does not answer.')
    return warning('schema', `The schema that the badge names cannot be had: ${message}`, {
      clause: CLAUSE,
      detail: { schema: url, error: 'ERR_OB_SCHEMA_UNREACHABLE' },
    })
  }
}

function spend<Result>(budget: Budget, work: (ms: number) => Result): Result {
  const start = performance.now()
  try {
    return work(Math.ceil(budget.schemaMs))
  } finally {
    budget.schemaMs -= performance.now() - start
  }
}

function parseEntry(entry: unknown) {
  if (!isJsonObject(entry)) return {}
  const name = [...drafts.keys()].find((type) => hasType(entry, type))
  const draft = name === undefined ? undefined : drafts.get(name)
  return { url: text(entry['id']), draft }
}

function toProblem(violation: string) {
  const message = `The badge does not follow the schema that it names: ${violation}`
  return { error: 'ERR_OB_SCHEMA' as const, message }
}

function told(schema: string) {
  return { clause: CLAUSE, detail: { schema } }
}
