import { z } from 'zod'

type Endorsement = Readonly<Record<string, unknown>>

const signedEndorsement = z.looseObject({ credentialSubject: z.looseObject({ id: z.string() }) })

/**
 * What is said of each thing, by its id, as signed documents. An issuer that goes by another name since
 * was endorsed by its old one, so its new badges do not carry that.
 */
export function endorsementsIn(
  rows: readonly { readonly signed_text: string }[],
): (subjectId: string) => readonly Endorsement[] {
  const signed = rows.map(({ signed_text }) => signedEndorsement.parse(JSON.parse(signed_text)))
  return (id) => signed.filter(({ credentialSubject }) => credentialSubject.id === id)
}
