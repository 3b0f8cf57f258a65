import type { Addresses } from './credly-organization-views.js'
import { notFound } from './credly-refusals.js'
import type { CredlyState, SimTemplate, TemplateState } from './credly-state.js'
import { toTemplateView } from './credly-views.js'

type TemplateDeps = {
  readonly state: CredlyState
  readonly now: () => Date
  readonly addresses: () => Addresses
  readonly record: (
    type: string,
    organizationId: string,
    subject: Readonly<Record<string, unknown>>,
  ) => void
}

/** What people do with templates at Credly, in its web pages. */
export function createTemplateChanges({ state, now, addresses, record }: TemplateDeps) {
  function find(id: string): SimTemplate {
    const template = state.templates.get(id)
    if (template === undefined) throw notFound()
    return template
  }

  function announce(type: string, template: SimTemplate): void {
    const view = toTemplateView(template, state, addresses())
    record(type, template.organizationId, { badge_template: view })
  }

  function setTemplateState(id: string, to: TemplateState): SimTemplate {
    const template = find(id)
    template.state = to
    template.stateUpdatedAt = now()
    template.updatedAt = template.stateUpdatedAt
    announce('badge_template.changed', template)
    return template
  }

  return {
    setTemplateState,
    archiveTemplate: (id: string) => setTemplateState(id, 'archived'),
    renameTemplate(id: string, name: string): SimTemplate {
      const template = find(id)
      template.name = name
      template.updatedAt = now()
      announce('badge_template.changed', template)
      return template
    },
    deleteTemplate(id: string): void {
      const template = find(id)
      announce('badge_template.deleted', template)
      state.templates.delete(id)
    },
  }
}
