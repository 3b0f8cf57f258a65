import { z } from 'zod'
import type { CallOptions, Order, ProviderBadge } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import type { AccredibleApi } from './api.js'
import {
  assertRecipient,
  type BadgeContext,
  credentialSchema,
  toBadge,
  toCredentialBody,
} from './credentials.js'
import { dayOf, lastDayOf } from './days.js'

const oneSchema = z.object({ credential: credentialSchema })

/** What is done with one credential. */
export function createCredentials(api: AccredibleApi, context: BadgeContext) {
  const at = (id: string) =>
    ({ version: 'v1', path: ['credentials', id], schema: oneSchema }) as const

  async function issue(order: Order, { signal }: CallOptions = {}): Promise<ProviderBadge> {
    assertRecipient(order)
    const { credential } = await api.call({
      method: 'POST',
      version: 'v1',
      path: ['credentials'],
      body: { credential: toCredentialBody(order) },
      what: 'a new credential',
      schema: oneSchema,
      signal,
    })
    return toBadge(credential, { ...context, templateId: order.templateId })
  }

  async function change(id: string, fields: object, { signal }: CallOptions) {
    const what = 'a change of a credential'
    const body = { credential: fields }
    const { credential } = await api.call({ ...at(id), method: 'PUT', body, what, signal })
    return credential
  }

  async function renew(id: string, order: Order, options: CallOptions = {}) {
    const { awardId, issuedAt, expiresAt, templateId } = order
    const fields = {
      issued_on: dayOf(issuedAt),
      expired_on: expiresAt === null ? null : dayOf(expiresAt),
      approve: true,
      meta_data: { award_id: awardId },
    }
    return toBadge(await change(id, fields, options), { ...context, templateId })
  }

  async function getBadge(id: string, { signal }: CallOptions = {}) {
    const what = 'a look at a credential'
    const found = await api.find({ ...at(id), method: 'GET', what, signal })
    return found && toBadge(found.credential, context)
  }

  async function revoke(
    id: string,
    revocation: { readonly at: string },
    options: CallOptions = {},
  ) {
    // Looked at first: a last day in the past must not be moved to yesterday.
    const before = await getBadge(id, options)
    if (before === undefined) {
      const message = `Accredible has no credential ${id} (any more).`
      throw new ProviderError(message, { kind: 'refused', reason: 'not-found' })
    }
    if (before.standing === 'ended') {
      const message = `The credential ${id} ended at Accredible on ${before.expiresAt}.`
      throw new ProviderError(message, { kind: 'refused', reason: 'already-ended', badgeId: id })
    }
    const fields = { expired_on: lastDayOf(revocation.at, context.now()) }
    return toBadge(await change(id, fields, options), { ...context, templateId: before.templateId })
  }

  async function deleteCredential(id: string, { signal }: CallOptions = {}) {
    const what = 'the removal of a credential'
    const { credential } = await api.call({ ...at(id), method: 'DELETE', what, signal })
    return toBadge(credential, context)
  }

  return { issue, renew, revoke, getBadge, deleteCredential }
}
