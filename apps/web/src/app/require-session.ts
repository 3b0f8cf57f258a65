import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import { ProblemError } from '../lib/problem.js'
import { sessionQuery } from '../lib/session.js'

type At = {
  readonly context: { readonly queries: QueryClient }
  readonly location: { readonly href: string }
}

/** Who has not signed in is led to the door, and back. */
export async function requireSession({ context, location }: At): Promise<void> {
  try {
    await context.queries.ensureQueryData(sessionQuery)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error
    throw redirect({ to: '/sign-in', search: { to: location.href } })
  }
}
