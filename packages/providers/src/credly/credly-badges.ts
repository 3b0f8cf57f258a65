import { unexpectedAnswer } from '../http.js'
import type { CallOptions, Order, ProviderBadge, Revocation } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { badgePage, manyBadges, oneBadge, parseAnswer } from './credly-answers.js'
import type { CredlyApi } from './credly-api.js'
import { unlessMissing } from './credly-errors.js'
import { type BadgeContext, toBadge } from './credly-mapping.js'
import { credlyName } from './credly-options.js'
import { toIssueBody, toReplaceBody } from './credly-order.js'

/** Credly revokes nothing without a reason, which the learner reads. */
const unsaidReason = 'Revoked by the issuer'

type Wanted = { readonly templateId: string; readonly email: string }

/** What is done with badges. */
export function createBadgeCalls(
  api: CredlyApi,
  context: BadgeContext & { readonly batchMost: number },
) {
  const { batchMost } = context
  const readBadge = async (request: Parameters<CredlyApi['send']>[0]) =>
    toBadge((await api.read(oneBadge, request)).data, context)

  return {
    async issue(order: Order, { signal }: CallOptions = {}) {
      const body = toIssueBody(order)
      return await readBadge({ method: 'POST', url: api.ofOrganization('badges'), body, signal })
    },

    async issueBatch(orders: readonly Order[], { signal }: CallOptions = {}) {
      if (orders.length === 0) return []
      if (orders.length > batchMost) throw refuseBatch(batchMost)
      const body = { badges: orders.map(toIssueBody) }
      const url = api.ofOrganization('badges', 'batch')
      const answer = await api.send({ method: 'POST', url, body, signal })
      const { data } = parseAnswer(manyBadges, answer)
      // Which badge belongs to which order could only be guessed.
      if (data.length !== orders.length) throw unexpectedAnswer(credlyName, 'the batch', answer)
      return data.map((badge) => toBadge(badge, context))
    },

    async revoke(id: string, { reason, notify }: Revocation, { signal }: CallOptions = {}) {
      const body = {
        reason: reason.trim() || unsaidReason,
        suppress_revoke_notification_email: !notify,
      }
      const url = api.ofOrganization('badges', id, 'revoke')
      return await readBadge({ method: 'PUT', url, body, signal })
    },

    async replaceBadge(id: string, order: Order, { signal }: CallOptions = {}) {
      const body = toReplaceBody(order)
      const url = api.ofOrganization('badges', id, 'replace')
      return await readBadge({ method: 'POST', url, body, signal })
    },

    async deleteBadge(id: string, { signal }: CallOptions = {}) {
      await api.send({ method: 'DELETE', url: api.ofOrganization('badges', id), signal })
    },

    async getBadge(id: string, { signal }: CallOptions = {}) {
      return await unlessMissing(async () => {
        const url = api.ofOrganization('badges', id)
        return await readBadge({ method: 'GET', url, signal })
      })
    },

    async findByRecipient(wanted: Wanted, { signal }: CallOptions = {}) {
      const url = `${api.ofOrganization('badges')}?${new URLSearchParams({ filter: toFilter(wanted) })}`
      const found: ProviderBadge[] = []
      for await (const page of api.pages(badgePage, { url, signal })) {
        found.push(...page.map((badge) => toBadge(badge, context)))
      }
      // A filter that is not understood is ignored there, and lists everybody's badges.
      return found.filter((badge) => isWanted(badge, wanted))
    },
  }
}

/** An address with a separator of the filter language cannot be asked for; then the template has to do. */
function toFilter({ templateId, email }: Wanted): string {
  const byTemplate = `badge_template_id::${templateId}`
  return /[|,]|::/.test(email) ? byTemplate : `recipient_email::${email.trim()}|${byTemplate}`
}

function isWanted(badge: ProviderBadge, { templateId, email }: Wanted): boolean {
  return (
    badge.templateId === templateId &&
    badge.email.trim().toLowerCase() === email.trim().toLowerCase()
  )
}

function refuseBatch(most: number): ProviderError {
  const message = `${credlyName} takes at most ${most} badges in one request.`
  return new ProviderError(message, { kind: 'refused', reason: 'other' })
}
