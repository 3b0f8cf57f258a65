import { List } from '@mantine/core'
import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'

type Scope = { readonly scope: string; readonly does: string }

const known = {
  'https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly': 'read',
  'https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert': 'write',
  'https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly': 'readProfile',
  'https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update': 'writeProfile',
  'https://purl.imsglobal.org/spec/ob/v2p1/scope/assertion.readonly': 'read',
  'https://purl.imsglobal.org/spec/ob/v2p1/scope/assertion.create': 'write',
  'https://purl.imsglobal.org/spec/ob/v2p1/scope/profile.readonly': 'readProfile',
  'https://purl.imsglobal.org/spec/ob/v2p1/scope/profile.update': 'writeProfile',
  offline_access: 'stay',
} as const

/** What an application may do, in words; of a scope that has none here, the server's. */
export function ScopeWords({ scopes }: { readonly scopes: readonly Scope[] }) {
  const { t } = useTranslation('backpack')
  const words = scopes.map(({ scope, does }) => {
    const key = Object.entries(known).find(([name]) => name === scope)?.[1]
    return key === undefined ? does : t(`scopes.${key}`)
  })
  return (
    <List
      size="sm"
      spacing={6}
      icon={<Check size={16} color="var(--rosette-accent)" aria-hidden />}
    >
      {[...new Set(words)].map((text) => (
        <List.Item key={text}>{text}</List.Item>
      ))}
    </List>
  )
}
