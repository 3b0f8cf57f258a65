import { EventError } from '@rosette/openedx-events'
import { SettingsInvalid } from '../config/problems.js'
import { MasterKeyRefused } from '../db/master-key.js'

/** Ends a command: 1 says no to what was asked, 2 that it could not be done at all. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: 1 | 2

  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The answer is no; the sentence says why. */
export function no(message: string): CommandError {
  return new CommandError(1, message)
}

/** It cannot be done; the sentence says what to do about it. */
export function cannot(message: string, cause?: unknown): CommandError {
  return new CommandError(2, message, { cause })
}

export function exitCodeOf(error: unknown): 1 | 2 {
  if (error instanceof CommandError) return error.exitCode
  return error instanceof EventError ? 1 : 2
}

/** What a person is told of an error: sentences, never a stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof CommandError || error instanceof EventError) return error.message
  if (error instanceof MasterKeyRefused) return error.message
  if (error instanceof SettingsInvalid) return `${error.message}\nNothing was done.`
  return outageOf(error) ?? reasonOf(error)
}

/** The first line of an error's message, or what stands in for it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Several addresses were tried and each failed; the parts say why.
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0])
  // What the Redis client says when it has no connection.
  if (error.name === 'MaxRetriesPerRequestError') return 'there is no connection to Redis'
  const cause = error.cause instanceof Error ? ` (${reasonOf(error.cause)})` : ''
  const message = (error.message.split('\n')[0] ?? '').replace(/\.$/, '')
  return `${message === '' ? error.name : message}${cause}`
}

function outageOf(error: unknown): string | undefined {
  const reason = reasonOf(error)
  if (/EADDRINUSE/.test(reason)) {
    return `Another program listens there already: ${reason}. Stop it, or set PORT to a free port.`
  }
  if (!/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH/.test(reason)) return undefined
  return `A service could not be reached: ${reason}. Check its address in the settings.`
}
