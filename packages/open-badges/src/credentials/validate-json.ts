import { createContext, Script } from 'node:vm'
import { type OutputUnit, type SchemaDraft, Validator } from '@cfworker/json-schema'
import { OpenBadgesError } from '../errors.js'
import { canonizeJson } from '../json/jcs.js'
import type { JsonObject } from '../json/json.js'

// The largest official schema has 74 KB.
const MAX_CHARACTERS = 512 * 1024

/**
 * The first thing in `value` that a JSON Schema does not allow, in words; undefined when there is none.
 *
 * The schema is a stranger's: it is interpreted, never compiled, follows no reference out of its own
 * document, and is stopped when it takes longer than `ms`. Throws `ERR_OB_SCHEMA_UNREACHABLE` when no answer
 * came of it.
 */
export function violationOf(
  value: JsonObject,
  schema: JsonObject,
  { draft, ms }: { draft: SchemaDraft; ms: number },
): string | undefined {
  try {
    if (canonizeJson(schema).length > MAX_CHARACTERS) throw new Error('The schema is too large.')
    const { valid, errors } = runInTime(
      // A copy: the interpreter writes into the schema.
      () => new Validator(structuredClone(schema), draftOf(schema) ?? draft).validate(value),
      ms,
    )
    return valid ? undefined : toWords(errors)
  } catch (cause) {
    const message = 'it is no JSON Schema that could be followed within its limits.'
    throw new OpenBadgesError('ERR_OB_SCHEMA_UNREACHABLE', message, { cause })
  }
}

function draftOf({ $schema }: JsonObject): SchemaDraft | undefined {
  const [, name] = /draft(?:\/|-0?)(2019-09|2020-12|4|7)\b/.exec(String($schema)) ?? []
  return supported.find((draft) => draft === name)
}

const supported: readonly SchemaDraft[] = ['4', '7', '2019-09', '2020-12']

// What node:vm can do and nothing else can: stop JavaScript, and a regular expression that never ends.
// It guards no secret here; what runs is our own interpreter.
const script = new Script('run()')

function runInTime<Result>(work: () => Result, ms: number): Result {
  let result: { readonly value: Result } | undefined
  const run = () => {
    result = { value: work() }
  }
  script.runInContext(createContext({ run }), { timeout: ms })
  if (result === undefined) throw new Error('The schema was not run.')
  return result.value
}

// The last is the innermost; those before it say in which parts of the schema it lies.
function toWords(errors: readonly OutputUnit[]): string {
  const { instanceLocation, error } = errors.at(-1) ?? { instanceLocation: '#', error: 'No match.' }
  return `${instanceLocation.slice(0, 200)} ${error.slice(0, 200)}`
}
