import { z } from 'zod'

/**
 * What can go wrong, on purpose.
 *
 * - `hang`: nothing is done and no answer comes.
 * - `reset`: nothing is done and the connection breaks.
 * - `status`: nothing is done and this status is answered, with `body` (`html` makes it a page).
 * - `rate-limit`: nothing is done; 429, with `Retry-After` when `retryAfter` (seconds) is given.
 * - `lost-answer`: everything is done, then the connection breaks, or hangs when `hang` is true.
 * - `delay`: everything is done, after `ms`.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    body: z.string().optional(),
    html: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('rate-limit'), retryAfter: z.number().min(0).optional() }),
  z.strictObject({ kind: z.literal('lost-answer'), hang: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().min(0).max(600_000) }),
])
export type Fault = z.output<typeof faultSchema>

/** Which requests a fault meets. */
export const faultRuleSchema = z.strictObject({
  fault: faultSchema,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** A part of the path, such as `/badges`. */
  path: z.string().optional(),
  /** How many requests it meets; for ever when it is left out. */
  times: z.int().min(1).optional(),
  /** Of the requests that fit, the share that it meets, 0 to 1. */
  share: z.number().min(0).max(1).default(1),
})
export type FaultRule = z.input<typeof faultRuleSchema>

/** The faults in force, the oldest first; a request meets the first that fits. */
export function createFaults(random: () => number) {
  let rules: { rule: z.output<typeof faultRuleSchema>; left: number }[] = []

  function add(input: FaultRule): void {
    const rule = faultRuleSchema.parse(input)
    rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY })
  }

  function meet(method: string, path: string): Fault | undefined {
    for (const entry of rules) {
      const { rule } = entry
      const fits =
        entry.left > 0 &&
        (rule.method === undefined || rule.method === method) &&
        path.includes(rule.path ?? '') &&
        random() < rule.share
      if (!fits) continue
      entry.left -= 1
      return rule.fault
    }
    return undefined
  }

  return {
    add,
    meet,
    clear: () => {
      rules = []
    },
    list: () => rules.filter(({ left }) => left > 0).map(({ rule }) => rule),
  }
}

export type Faults = ReturnType<typeof createFaults>
