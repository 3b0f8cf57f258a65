import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { faultAt } from '../../lib/problem.js'
import type { Credentials, Provider } from './provider-queries.js'

type Kind = Credentials['kind']
type Props = {
  readonly provider: Provider
  readonly value: Credentials
  readonly onChange: (value: Credentials) => void
  readonly error: unknown
}

const kindsOf = {
  credly: ['token', 'client'],
  accredible: ['token'],
  badgr: ['password', 'token', 'client'],
} as const satisfies Record<Provider, readonly Kind[]>

export function emptyCredentials(provider: Provider): Credentials {
  return blank(kindsOf[provider][0])
}

function blank(kind: Kind): Credentials {
  if (kind === 'token') return { kind, token: '' }
  if (kind === 'client') return { kind, clientId: '', clientSecret: '' }
  return { kind, username: '', password: '' }
}

/** What opens an account: the usual kind first, others where the provider has them. */
export function CredentialFields({ provider, value, onChange, error }: Props) {
  const { t } = useTranslation('operations')
  const kinds: readonly Kind[] = kindsOf[provider]
  return (
    <Stack gap="sm">
      {kinds.length > 1 && (
        <Radio.Group
          label={t('providers.opensBy')}
          value={value.kind}
          onChange={(chosen) => {
            const kind = kinds.find((one) => one === chosen)
            if (kind !== undefined) onChange(blank(kind))
          }}
        >
          <Stack gap={6} mt={6}>
            {kinds.map((kind) => (
              <Radio key={kind} value={kind} label={t(`providers.opens.${kind}`)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Fields provider={provider} value={value} onChange={onChange} error={error} />
    </Stack>
  )
}

function Fields({ provider, value, onChange, error }: Props) {
  const { t } = useTranslation('operations')
  const secret = { autoComplete: 'off', required: true, withAsterisk: false } as const
  const toggle = { visibilityToggleButtonProps: { 'aria-label': t('providers.showSecret') } }
  if (value.kind === 'token') {
    return (
      <PasswordInput
        {...secret}
        {...toggle}
        label={t(`providers.token.${provider}.label`)}
        description={t(`providers.token.${provider}.hint`)}
        value={value.token}
        onChange={(event) => onChange({ ...value, token: event.currentTarget.value })}
        error={faultAt(error, 'credentials.token') ?? faultAt(error, 'credentials')}
      />
    )
  }
  if (value.kind === 'client') {
    return (
      <>
        <TextInput
          {...secret}
          label={t('providers.clientId')}
          value={value.clientId}
          onChange={(event) => onChange({ ...value, clientId: event.currentTarget.value })}
          error={faultAt(error, 'credentials.clientId')}
        />
        <PasswordInput
          {...secret}
          {...toggle}
          label={t('providers.clientSecret')}
          value={value.clientSecret}
          onChange={(event) => onChange({ ...value, clientSecret: event.currentTarget.value })}
          error={faultAt(error, 'credentials.clientSecret') ?? faultAt(error, 'credentials')}
        />
      </>
    )
  }
  return (
    <>
      <TextInput
        {...secret}
        label={t('providers.username')}
        value={value.username}
        onChange={(event) => onChange({ ...value, username: event.currentTarget.value })}
        error={faultAt(error, 'credentials.username')}
      />
      <PasswordInput
        {...secret}
        {...toggle}
        label={t('providers.password')}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        error={faultAt(error, 'credentials.password') ?? faultAt(error, 'credentials')}
      />
    </>
  )
}
