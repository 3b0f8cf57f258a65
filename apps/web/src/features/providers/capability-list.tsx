import { Card, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Account, providerNames } from './provider-queries.js'

/** What is peculiar to a provider, in plain words. */
export function CapabilityList({ account }: { account: Account }) {
  const { t } = useTranslation('operations')
  const provider = providerNames[account.provider]
  const { revocation, reissue, changes, needsAcceptance, evidence, expiry, quiet } =
    account.capabilities
  const sentences = [
    t(`capabilities.revocation.${revocation}`, { provider }),
    t(`capabilities.reissue.${reissue}`),
    t(`capabilities.changes.${changes}`, { provider }),
    ...(needsAcceptance ? [t('capabilities.acceptance')] : []),
    t(evidence ? 'capabilities.evidence' : 'capabilities.noEvidence'),
    t(`capabilities.expiry.${expiry ?? 'none'}`),
    t(quiet ? 'capabilities.quiet' : 'capabilities.loud', { provider }),
  ]
  return (
    <Card component="section" aria-labelledby="capabilities">
      <Title order={2} size="h5" id="capabilities" mb="xs">
        {t('capabilities.title', { provider })}
      </Title>
      <Stack component="ul" gap={4} m={0} ps="lg">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Text size="sm">{sentence}</Text>
          </li>
        ))}
      </Stack>
    </Card>
  )
}
