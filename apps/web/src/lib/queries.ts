import { notifyManager, QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem.js'

// A button that was pressed is off before the second click of a double click can come.
notifyManager.setScheduler(queueMicrotask)

/** What the server refuses is not asked again; what did not reach it is, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    // Without a connection it is said at once, and not tried in secret later.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ProblemError) || error.status === 0),
    },
  },
})
