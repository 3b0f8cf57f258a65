import { Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { faultAt, ProblemError } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'
import { CredentialFields, emptyCredentials } from './credential-fields.js'
import {
  type Account,
  createAccount,
  type Issuer,
  type Provider,
  providerNames,
} from './provider-queries.js'

type Props = {
  readonly provider: Provider
  readonly organizationId: string
  readonly issuers: readonly Issuer[]
  readonly onMade: (account: Account) => void
  readonly onBack: () => void
}

/** The form for one provider: it asks for what that provider needs and nothing else. It is tried before it is stored. */
export function NewAccount({ provider, organizationId, issuers, onMade, onBack }: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const [name, setName] = useState<string>(providerNames[provider])
  const [issuerId, setIssuerId] = useState(issuers[0]?.id ?? '')
  const [externalId, setExternalId] = useState('')
  const [address, setAddress] = useState('')
  const [limit, setLimit] = useState<number | string>('')
  const [credentials, setCredentials] = useState(() => emptyCredentials(provider))
  const [isTested, setTested] = useState(true)
  const make = useMutation({
    mutationFn: () =>
      createAccount({
        organizationId,
        provider,
        name,
        credentials,
        ...(issuerId !== '' && { issuerId }),
        ...(externalId.trim() !== '' && { externalId: externalId.trim() }),
        ...(address.trim() !== '' && { apiBaseUrl: address.trim() }),
        ...(typeof limit === 'number' && { requestsPerMinute: limit }),
        ...(!isTested && { skipTest: true }),
      }),
    onSuccess: async (account) => {
      await queries.invalidateQueries({ queryKey: ['provider-accounts'] })
      onMade(account)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  const isRequired = { required: true, withAsterisk: false } as const
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={560}>
        <Text c="dimmed">{t('providers.triedFirst', { provider: providerNames[provider] })}</Text>
        {make.isError && <Refused error={make.error} provider={provider} />}
        <TextInput
          {...isRequired}
          label={t('providers.name')}
          description={t('providers.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faultAt(make.error, 'name')}
        />
        {provider !== 'accredible' && (
          <TextInput
            {...isRequired}
            label={t(`providers.externalId.${provider}.label`)}
            description={t(`providers.externalId.${provider}.hint`)}
            value={externalId}
            onChange={(event) => setExternalId(event.currentTarget.value)}
            error={faultAt(make.error, 'externalId')}
          />
        )}
        <CredentialFields
          provider={provider}
          value={credentials}
          onChange={setCredentials}
          error={make.error}
        />
        <Text size="sm" c="dimmed">
          {t('providers.keptSealed')}
        </Text>
        {issuers.length > 1 && (
          <Select
            label={t('providers.issuer')}
            description={t('providers.issuerHint')}
            data={issuers.map((issuer) => ({ value: issuer.id, label: issuer.name }))}
            value={issuerId}
            onChange={(value) => setIssuerId(value ?? '')}
            allowDeselect={false}
          />
        )}
        <details open={provider === 'badgr'}>
          <summary>{t('providers.more')}</summary>
          <Stack gap="sm" mt="sm">
            <TextInput
              type="url"
              label={t('providers.address')}
              description={t(`providers.addressHint.${provider}`)}
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
              error={faultAt(make.error, 'apiBaseUrl')}
              required={provider === 'badgr'}
              withAsterisk={false}
            />
            <NumberInput
              label={t('providers.limit')}
              description={t('providers.limitHint')}
              min={10}
              max={100_000}
              value={limit}
              onChange={setLimit}
              error={faultAt(make.error, 'requestsPerMinute')}
              hideControls
            />
            <Checkbox
              label={t('providers.testFirst')}
              checked={isTested}
              onChange={(event) => setTested(event.currentTarget.checked)}
            />
          </Stack>
        </details>
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t(isTested ? 'providers.testAndAdd' : 'providers.addUntested')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Why the provider did not take it, in its own words; nothing was stored. */
function Refused({ error, provider }: { error: unknown; provider: Provider }) {
  const { t } = useTranslation('operations')
  const isTheirs =
    error instanceof ProblemError &&
    (error.code === 'provider-refused' || error.code === 'provider-unreachable')
  return (
    <Stack gap={4}>
      <Problem error={error} />
      {isTheirs && (
        <Text size="sm" c="dimmed">
          {t('providers.nothingStored', { provider: providerNames[provider] })}
        </Text>
      )}
    </Stack>
  )
}
