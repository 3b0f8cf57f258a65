import type { RulePreview } from '@rosette/contract'
import { createContext, useContext } from 'react'
import type { Draft } from './draft.js'
import type { DraftFault } from './draft-faults.js'
import type { EventType, Terms } from './terms.js'

export type Badge = { readonly id: string; readonly name: string; readonly state: string }

/** What every part of the rule builder needs. */
export type Rules = {
  readonly draft: Draft
  readonly organizationId: string
  readonly templateId: string
  readonly types: readonly EventType[]
  readonly badges: readonly Badge[]
  readonly terms: Terms
  readonly faults: readonly DraftFault[]
  /** Whether fields that are still empty are faults already: after somebody wanted to save. */
  readonly isStrict: boolean
  readonly preview: RulePreview | undefined
  readonly mayEdit: boolean
  /** The card that was added last takes the focus. */
  readonly newest: string | undefined
  readonly edit: (draft: Draft) => void
  /** As `edit`; what was removed is named beside the button that brings it back. */
  readonly remove: (draft: Draft, removed: string) => void
}

const RulesContext = createContext<Rules | undefined>(undefined)

export const RulesProvider = RulesContext.Provider

export function useRules(): Rules {
  const rules = useContext(RulesContext)
  if (rules === undefined) throw new Error('Rules are shown outside of their editor.')
  return rules
}
