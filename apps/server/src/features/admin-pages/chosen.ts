import type { Issuance } from '@rosette/contract'
import type { AdminPaths } from './admin-frame.js'

/** The filters of the list of issuances. */
export type Chosen = {
  readonly state: Issuance['state'] | undefined
  /** The id of an account, or `native` for our own badges. */
  readonly account: string | undefined
}

/** The address of a list with these filters. */
export function listPath(paths: AdminPaths, { state, account }: Partial<Chosen>): string {
  const query = new URLSearchParams({
    ...(state !== undefined && { state }),
    ...(account !== undefined && { account }),
  }).toString()
  return query === '' ? paths.issuances : `${paths.issuances}?${query}`
}
