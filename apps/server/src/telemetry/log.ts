import { pino } from 'pino'
import { toLoggedError } from './logged-error.js'

/** The logger of the process. Never given learner data or secrets: only ids, counts and reasons. */
export const log = pino({
  base: null,
  level: 'info',
  serializers: { err: toLoggedError, error: toLoggedError },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['req.headers.authorization', 'req.headers.cookie'],
})
