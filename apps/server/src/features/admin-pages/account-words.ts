import type { ProviderAccount } from '@rosette/contract'
import { providerNames } from '@rosette/providers'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { dateTag, momentTag, plural } from '../../http/html-words.js'

const dayMs = 86_400_000
/** From so many days before its end on, the page warns of a key. */
const warnedDays = 14

const messages = {
  working: 'Working',
  paused: 'Paused',
  since: 'since',
  probe: 'It is tried again at',
  noEnd: 'has no known end',
  settings: 'stands in the settings of the server',
  ends: 'ends on',
  ended: 'ended on',
  endsSoon: { one: 'ends in one day, on', other: 'ends in {n} days, on' },
  never: 'never',
  sync: { one: 'One template', other: '{n} templates' },
  changed: {
    created: { one: '{n} new', other: '{n} new' },
    updated: { one: '{n} changed', other: '{n} changed' },
    archived: { one: '{n} gone to the archive', other: '{n} gone to the archive' },
    restored: { one: '{n} come back', other: '{n} come back' },
  },
  nothing: 'nothing has changed',
}

export function accountState({ state, pausedAt, pauseReason, nextProbeAt }: ProviderAccount): Html {
  if (state === 'working') {
    return html`<span class="state good">${icons.good}${messages.working}</span>`
  }
  return html`<div><span class="state bad">${icons.bad}${messages.paused}</span>${
    pausedAt !== null && html`<p class="soft">${messages.since} ${momentTag(pausedAt)}</p>`
  }${pauseReason !== null && html`<p>${pauseReason}</p>`}${
    nextProbeAt !== null && html`<p class="soft">${messages.probe} ${momentTag(nextProbeAt)}.</p>`
  }</div>`
}

/** Until when the key works; with a warning while there is still time to make a new one. */
export function keyEnd({ keyExpiresAt, keyKind }: ProviderAccount, now: Date): Html {
  if (keyExpiresAt === null) {
    return html`<span class="soft">${keyKind === 'settings' ? messages.settings : messages.noEnd}</span>`
  }
  const days = Math.floor((Date.parse(keyExpiresAt) - now.getTime()) / dayMs)
  if (days >= warnedDays) return html`<span>${messages.ends} ${dateTag(keyExpiresAt)}</span>`
  const [colour, icon] = days < 0 ? ['bad', icons.bad] : ['warn', icons.warn]
  const verb = days < 0 ? messages.ended : plural(days, messages.endsSoon)
  return html`<span class="state ${colour}">${icon}<span>${verb} ${dateTag(keyExpiresAt)}</span></span>`
}

export function lastSync({ syncedAt, syncError }: ProviderAccount): Html {
  const when = syncedAt === null ? html`<span>${messages.never}</span>` : momentTag(syncedAt)
  if (syncError === null) return when
  return html`<div>${when}<p class="state bad">${icons.bad}<span>${syncError}</span></p></div>`
}

type Summary = NonNullable<ProviderAccount['syncSummary']>

/** What a sync has found and changed, in a sentence. */
export function syncWords({ seen, ...changed }: Summary): string {
  const kinds = ['created', 'updated', 'archived', 'restored'] as const
  const parts = kinds
    .filter((kind) => changed[kind] > 0)
    .map((kind) => plural(changed[kind], messages.changed[kind]))
  const end = parts.length === 0 ? messages.nothing : parts.join(', ')
  return `${plural(seen, messages.sync)}: ${end}.`
}

/** What is peculiar to a provider, in plain words. */
export function capabilityWords({ provider, capabilities }: ProviderAccount): readonly string[] {
  const name = providerNames[provider]
  const { revocation, reissue, changes, needsAcceptance, evidence, expiry, quiet } = capabilities
  const revoking = {
    revoke: `Revoking at ${name} marks the badge there as revoked, with the reason.`,
    expire: `Revoking at ${name} sets an end date; the credential stays visible there as expired.`,
    delete: `Revoking at ${name} deletes the badge there.`,
  }
  const expiring = {
    time: 'An end date is kept to the second.',
    date: 'Of an end date the day is kept, not the time.',
  }
  return [
    revoking[revocation],
    reissue === 'anew'
      ? 'A badge that was taken back and is earned again becomes a new one there.'
      : 'A badge that was taken back and is earned again is brought back to life there.',
    changes === 'webhook'
      ? `${name} tells us of changes made there, through the webhook.`
      : `Changes made at ${name} are asked for every now and then.`,
    ...(needsAcceptance ? ['Learners must accept the badge before others see it.'] : []),
    evidence ? 'Evidence goes along with the badge.' : 'Evidence stays here; it is not sent.',
    expiry === null ? 'Badges have no end date there.' : expiring[expiry],
    quiet
      ? `The e-mail of ${name} to learners can be switched off for each badge.`
      : `${name} writes to learners by its own rules; that cannot be switched off from here.`,
  ]
}
