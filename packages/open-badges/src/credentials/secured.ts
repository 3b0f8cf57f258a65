import type { JsonObject } from '../json/json.js'
import { checkJwt } from '../proofs/check-jwt.js'
import { checkProofs, type ProofQuestion } from '../proofs/check-proof.js'
import { type Jws, parseJws } from '../proofs/jws.js'
import { credentialOf } from '../proofs/jwt-claims.js'
import type { Check } from '../report/report.js'
import { objectOf } from './summary.js'

/** A credential and its own way of proving who signed it (Open Badges 3.0, 8). */
export type Secured = {
  readonly credential: JsonObject
  readonly prove: (question: ProofQuestion) => Promise<readonly Check[]>
}

/** A credential whose proof is embedded in it. */
export function securedByProof(credential: JsonObject): Secured {
  return { credential, prove: (question) => checkProofs(credential, question) }
}

/** The credential of a compact JWS; throws when there is none in it. */
export function securedByJwt(token: string): Secured {
  return securedByJws(parseJws(token))
}

/** The same of one that was taken apart before. */
export function securedByJws(jws: Jws): Secured {
  const credential = credentialOf(jws.payload)
  const defined = withoutTokens(credential)
  return { credential, prove: (question) => checkJwt({ ...jws, credential: defined }, question) }
}

// Open Badges 3.0, AchievementCredential, has `endorsementJwt`, the published context has not. The
// signature of a JWT covers it all the same; it is only left out of what a context has to define.
function withoutTokens(credential: JsonObject): JsonObject {
  if (!carriersOf(credential).some((carrier) => 'endorsementJwt' in carrier)) return credential
  const { endorsementJwt: _tokens, ...rest } = credential
  const subject = objectOf(rest['credentialSubject'])
  const achievement = objectOf(subject['achievement'])
  return {
    ...rest,
    ...('endorsementJwt' in objectOf(rest['issuer']) && { issuer: without(rest['issuer']) }),
    ...('endorsementJwt' in achievement && {
      credentialSubject: { ...subject, achievement: without(achievement) },
    }),
  }
}

function carriersOf(credential: JsonObject): readonly JsonObject[] {
  const { achievement } = objectOf(credential['credentialSubject'])
  return [credential, objectOf(credential['issuer']), objectOf(achievement)]
}

function without(carrier: unknown): JsonObject {
  const { endorsementJwt: _tokens, ...rest } = objectOf(carrier)
  return rest
}
