import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem.js'

/** What the server refuses is not asked again; what did not reach it is, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ProblemError) || error.status === 0),
    },
  },
})
