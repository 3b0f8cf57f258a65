import { ProviderError } from '@rosette/providers'
import { AppError, type Fault } from '../../http/app-error.js'
import { toProblem } from '../../http/problem.js'
import type { Notice } from './admin-frame.js'

export type Refused = {
  readonly status: number
  readonly notice: Notice
  readonly faults: readonly Fault[]
}

/** Does it, and says why it was refused; undefined when it was done. What is a fault of ours is thrown. */
export async function refusedBy(work: () => Promise<unknown>): Promise<Refused | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    const refusal = toRefusal(error)
    if (refusal === undefined) throw error
    const text = refusal.message
    const { status } = toProblem(refusal)
    return { status, notice: { is: 'bad', text }, faults: refusal.faults }
  }
}

function toRefusal(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error.code.endsWith('not-found') ? undefined : error
  if (!(error instanceof ProviderError)) return undefined
  const isRefusal = error.kind === 'unauthorized' || error.kind === 'refused'
  const code = isRefusal ? 'provider-refused' : 'provider-unreachable'
  return new AppError(code, error.message, { cause: error })
}
