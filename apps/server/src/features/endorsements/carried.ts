import {
  buildCredential,
  generateKeyPair,
  OpenBadgesError,
  signCredential,
} from '@rosette/open-badges'
import { AppError } from '../../http/app-error.js'
import type { Given } from './given-endorsement.js'

/**
 * Throws where no badge could carry the endorsement. It is tried on a badge that is thrown away: found
 * out later, it would keep every badge that should carry it from being signed.
 */
export async function assertCarried(given: Given, about: string): Promise<void> {
  const key = generateKeyPair()
  const created = '2026-01-01T00:00:00Z'
  const id = 'https://badges.example/1'
  try {
    const badge = buildCredential({
      id,
      issuer: { id, name: 'Trial' },
      achievement: {
        id: about,
        name: 'Trial',
        description: 'Trial',
        criteria: { narrative: 'Trial' },
        ...(given.form === 'json'
          ? { endorsement: [given.document] }
          : { endorsementJwt: [given.text] }),
      },
      recipient: { email: 'trial@badges.example' },
      validFrom: created,
    })
    // A badge that is a JWT may hold what no context defines.
    if (given.form === 'json') {
      await signCredential(badge, { key, verificationMethod: `${id}#key`, created })
    }
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error
    const remedy = 'Ask for it in the form of Verifiable Credentials 2.0, or as a JWT.'
    const message = `The endorsement holds, but no badge could carry it: ${error.message.replace(/\.+$/, '')}. ${remedy}`
    throw new AppError('endorsement-refused', message, { cause: error })
  }
}
