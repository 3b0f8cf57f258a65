import type { Complain } from './problems.js'
import type { Reader } from './read.js'

// A name or an IPv4 address, or an IPv6 address in brackets; then perhaps a port.
const host = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** What the verifier may ask of other servers, and how much may be asked of it. */
export function parseVerifierConfig(read: Reader, complain: Complain) {
  return {
    fetches: read.boolean('ROSETTE_VERIFIER_FETCHES'),
    allowedHosts: parseHosts(read.required('ROSETTE_VERIFIER_ALLOWED_HOSTS'), complain),
    perMinute: read.number('ROSETTE_VERIFIER_PER_MINUTE', { least: 1, most: 100_000 }),
  } as const
}

function parseHosts(text: string, complain: Complain): readonly string[] {
  const hosts = text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  const wrong = hosts.filter((one) => !host.test(one) || !URL.canParse(`http://${one}/`))
  if (wrong.length > 0) {
    const problem = `names ${wrong.map((one) => `"${one}"`).join(' and ')}, which is no host.`
    const remedy = 'Write names such as badges.intern or 10.0.0.7:8443, with commas between them.'
    complain('ROSETTE_VERIFIER_ALLOWED_HOSTS', problem, remedy)
  }
  return hosts
}
