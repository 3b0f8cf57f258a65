import { z } from 'zod'

type Endorsement = Readonly<Record<string, unknown>>
type Row = {
  readonly form: 'json' | 'jwt'
  readonly signed_text: string
  readonly subject_template_id: string | null
}

const signedEndorsement = z.looseObject({ credentialSubject: z.looseObject({ id: z.string() }) })

/**
 * What is said of each thing, by its id, as signed documents. An issuer that goes by another name since
 * was endorsed by its old one, so its new badges do not carry that.
 */
export function endorsementsIn(
  rows: readonly Row[],
): (subjectId: string) => readonly Endorsement[] {
  const signed = rows
    .filter(({ form }) => form === 'json')
    .map(({ signed_text }) => signedEndorsement.parse(JSON.parse(signed_text)))
  return (id) => signed.filter(({ credentialSubject }) => credentialSubject.id === id)
}

const claims = z.looseObject({
  vc: z.unknown().optional(),
  credentialSubject: z.looseObject({ id: z.string() }).optional(),
})

const carrier = z.record(z.string(), z.unknown())
const signedBadge = z.looseObject({
  issuer: z.looseObject({ id: z.string() }),
  credentialSubject: z.looseObject({ achievement: z.looseObject({ id: z.string() }) }),
})

/**
 * A badge with the endorsements that are JWTs, to become a JWT itself: no published context defines
 * `endorsementJwt`. The proof inside a badge that gets one does not hold for it any more and is left out.
 */
export function withEndorsementJwts(badge: Endorsement, rows: readonly Row[]): Endorsement {
  const tokens = rows.filter(({ form }) => form === 'jwt')
  const of = (id: string) =>
    tokens.map(({ signed_text }) => signed_text).filter((token) => subjectOfJwt(token) === id)
  const { issuer, credentialSubject } = signedBadge.parse(badge)
  const { achievement } = credentialSubject
  const ofIssuer = of(issuer.id)
  const ofBadge = of(achievement.id)
  if (ofIssuer.length + ofBadge.length === 0) return badge
  const { proof: _, ...unproven } = carrier.parse(badge)
  return {
    ...unproven,
    issuer: carrying(issuer, ofIssuer),
    credentialSubject: { ...credentialSubject, achievement: carrying(achievement, ofBadge) },
  }
}

function carrying(thing: Endorsement, endorsementJwt: readonly string[]): Endorsement {
  return endorsementJwt.length === 0 ? thing : { ...thing, endorsementJwt }
}

function subjectOfJwt(token: string): string | undefined {
  const [, payload = ''] = token.split('.')
  const { vc, ...rest } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return (vc === undefined ? rest : claims.parse(vc)).credentialSubject?.id
}
