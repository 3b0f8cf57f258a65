/** A request that the simulated Credly does not fulfil, in the words of the real one where they are known. */
export class CredlyRefusal extends Error {
  readonly statusCode: number
  readonly data: Readonly<Record<string, unknown>>

  constructor(statusCode: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'CredlyRefusal'
    this.statusCode = statusCode
    this.data = { message, ...more }
  }
}

export function refuse(problem: string): CredlyRefusal {
  return new CredlyRefusal(422, `Validation failed: ${problem}`)
}

export function notFound(): CredlyRefusal {
  return new CredlyRefusal(404, 'Resource not found')
}
