import type { ProviderTemplate } from '@rosette/contract'
import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import type { AdminPaths } from './admin-frame.js'
import { table } from './table.js'

const messages = {
  caption: 'Templates at the provider, and which of our badges they issue',
  template: 'Template',
  state: 'State there',
  issues: 'Our badge',
  about:
    'For each active one there is a badge here, as a draft at first. Once it has rules and is active, what it awards is issued there.',
  none: 'none',
  open: 'Open at the provider',
  empty: 'No templates are known yet. Sync them to see what this account can issue.',
  states: { draft: 'Draft', active: 'Active', archived: 'Archived' },
}

const looks = { draft: icons.waiting, active: icons.good, archived: icons.skipped } as const

export function templateTable(templates: readonly ProviderTemplate[], paths: AdminPaths): Html {
  if (templates.length === 0) return html`<p class="soft">${messages.empty}</p>`
  return html`<p class="soft">${messages.about}</p>${table({
    caption: messages.caption,
    columns: [
      { label: messages.template, is: 'bare' },
      { label: messages.state },
      { label: messages.issues },
    ],
    rows: templates.map((template) => [
      html`<div class="with-picture">${pictureOf(template)}${nameOf(template)}</div>`,
      html`<span class="state ${template.state === 'active' ? 'good' : 'soft'}">${looks[template.state]}${messages.states[template.state]}</span>`,
      badgesOf(template, paths),
    ]),
  })}`
}

// Only what no browser warns of; the name stands beside it.
function pictureOf({ imageUrl }: ProviderTemplate): Html {
  if (imageUrl === null || !imageUrl.startsWith('https://')) {
    return html`<span class="no-picture"></span>`
  }
  return html`<img src="${imageUrl}" alt="" width="48" height="48" loading="lazy" referrerpolicy="no-referrer">`
}

function nameOf({ name, url }: ProviderTemplate): Html {
  const address = url === null ? undefined : toIri(url)
  const link = html`<br><a href="${address}" rel="noopener">${messages.open}<span class="unseen">: ${name}</span></a>`
  return html`<div><b>${name}</b>${address !== undefined && link}</div>`
}

function badgesOf({ badgeTemplates }: ProviderTemplate, paths: AdminPaths): Html {
  if (badgeTemplates.length === 0) return html`<span class="soft">${messages.none}</span>`
  return html`<div>${badgeTemplates.map(
    // A draft has no page yet.
    ({ id, name, state }) =>
      html`${state === 'draft' ? name : html`<a href="${paths.badge(id)}">${name}</a>`} <span class="soft">${messages.states[state].toLowerCase()}</span><br>`,
  )}</div>`
}
