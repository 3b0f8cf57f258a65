import { useState } from 'react'
import { refreshBackpack } from '../../lib/backpack.js'
import { type Given, type ImportResult, takeIn } from './import-queries.js'

export type Outcome = {
  readonly id: number
  readonly name: string
  readonly results?: readonly ImportResult[]
  readonly error?: unknown
}

type Progress = { readonly done: number; readonly all: number }

/** Takes things in, one after the other, and keeps what came of each; the latest stands first. */
export function useImports() {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const [progress, setProgress] = useState<Progress | null>(null)
  /** Whether the server took a look at all of it. */
  async function takeAll(given: readonly Given[]): Promise<boolean> {
    let isLookedAt = true
    for (const [at, one] of given.entries()) {
      setProgress({ done: at, all: given.length })
      const outcome = await outcomeOf(one)
      if (outcome.results === undefined) isLookedAt = false
      setOutcomes((before) => [{ id: before.length, ...outcome }, ...before])
    }
    setProgress(null)
    await refreshBackpack()
    return isLookedAt
  }
  return { outcomes, progress, takeAll }
}

async function outcomeOf(given: Given): Promise<Omit<Outcome, 'id'>> {
  const { name } = given
  try {
    return { name, results: await takeIn(given) }
  } catch (error) {
    return { name, error }
  }
}
