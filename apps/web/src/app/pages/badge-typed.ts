import { createContext } from 'react'
import type { LookValues } from '../../features/badge-editor/look-values.js'

/** What is being typed on the first tab reaches the preview, which stands beside all of them. */
export const TypedContext = createContext<{
  readonly setTyped: (values: LookValues | null) => void
}>({ setTyped: () => undefined })
