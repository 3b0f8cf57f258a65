import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'

/**
 * The proofs that a proof builds on, in the order of their set (VC Data Integrity 1.0, 4.5 Verify
 * Proof Sets and Chains).
 *
 * An id that two proofs share names neither: each reader would take another.
 */
export function previousProofsOf(
  proof: JsonObject,
  proofs: readonly unknown[],
): readonly JsonObject[] {
  const { previousProof } = proof
  if (previousProof === undefined) return []
  const ids = asArray(previousProof)
  if (ids.length === 0 || new Set(ids).size < ids.length)
    throw unsound('it names them twice or not')
  for (const id of ids) assertNamed(id, proofs)
  return proofs.filter(isJsonObject).filter(({ id }) => ids.includes(id))
}

/** Refuses a proof that builds, in the end, on itself. */
export function assertNoCycle(proof: JsonObject, proofs: readonly unknown[]): void {
  const seen = new Set<JsonObject>()
  const open = [...previousProofsOf(proof, proofs)]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === proof) throw unsound('it builds on itself')
    if (!seen.has(next)) open.push(...previousProofsOf(next, proofs))
    seen.add(next)
  }
}

function assertNamed(id: unknown, proofs: readonly unknown[]): void {
  if (typeof id !== 'string')
    throw unsound('a previous proof is named by something else than an id')
  const count = proofs.filter((proof) => isJsonObject(proof) && proof['id'] === id).length
  const name = `"${id.slice(0, 80)}"`
  if (count === 0) throw unsound(`the badge lacks the previous proof ${name}`)
  if (count > 1) throw unsound(`${count} proofs are named ${name}`)
}

function unsound(reason: string): OpenBadgesError {
  const message = `The chain of proofs is broken: ${reason}.`
  return new OpenBadgesError('ERR_OB_PROOF_CHAIN', message)
}
