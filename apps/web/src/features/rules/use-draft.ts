import { useReducer } from 'react'
import type { Draft } from './draft.js'
import { isSame } from './draft-rules.js'

export type Edited = {
  readonly draft: Draft
  /** As it is stored. */
  readonly base: Draft
  readonly past: readonly Draft[]
  /** What was removed by the last edit, in words. */
  readonly removed: string | undefined
}

type Action =
  | { readonly do: 'edit'; readonly draft: Draft; readonly removed?: string }
  | { readonly do: 'undo' }
  | { readonly do: 'discard' }
  | { readonly do: 'stored'; readonly draft: Draft }

const kept = 100

export function edited(state: Edited, action: Action): Edited {
  const { draft, base, past } = state
  switch (action.do) {
    case 'edit':
      if (action.draft === draft) return state
      return {
        draft: action.draft,
        base,
        past: [...past, draft].slice(-kept),
        removed: action.removed,
      }
    case 'undo':
      return { draft: past.at(-1) ?? draft, base, past: past.slice(0, -1), removed: undefined }
    case 'discard':
      return { draft: base, base, past: [...past, draft].slice(-kept), removed: undefined }
    case 'stored':
      return { draft: action.draft, base: action.draft, past: [], removed: undefined }
  }
}

export function unedited(draft: Draft): Edited {
  return { draft, base: draft, past: [], removed: undefined }
}

/** The draft with the way back. */
export function useDraft(stored: Draft) {
  const [state, act] = useReducer(edited, stored, unedited)
  return { ...state, isChanged: !isSame(state.draft, state.base), act }
}
