import { Alert } from '@mantine/core'
import type { SignInProblem as Code } from '@rosette/contract'
import { Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'

const known: readonly Code[] = [
  'expired',
  'refused-there',
  'unreachable',
  'failed',
  'no-email',
  'unverified-email',
  'foreign-domain',
  'unknown-person',
  'disabled',
]

/** Why an identity provider sent somebody back without letting them in. */
export function SignInProblem({ problem, provider }: { problem: string; provider: string }) {
  const { t } = useTranslation('account')
  const code = known.find((one) => one === problem) ?? 'failed'
  return (
    <Alert role="alert" variant="default" icon={<Info aria-hidden />}>
      {t(`signInProblems.${code}`, { provider })}
    </Alert>
  )
}
