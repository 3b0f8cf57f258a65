import { pino } from 'pino'

/** The logger of the process. Never given learner data or secrets: only ids, counts and reasons. */
export const log = pino({
  base: null,
  level: 'info',
  serializers: { error: pino.stdSerializers.err },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['req.headers.authorization', 'req.headers.cookie'],
})
