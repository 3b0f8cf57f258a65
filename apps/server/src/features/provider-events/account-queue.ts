/**
 * What reads badges of one account runs one after the other: of two readings of a badge at once, the
 * older one could be written last.
 */
export function accountQueue(accountId: string): string {
  return `badges of ${accountId}`
}
