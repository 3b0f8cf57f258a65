import { Button, Group, Radio, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { OutsideLink } from '../../components/page.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { answer, api } from '../../lib/api.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { accountsQuery, providerTemplatesQuery } from './issuing-queries.js'

type Props = {
  readonly template: BadgeTemplate
  readonly value: string | null
  readonly onChange: (providerTemplateId: string | null) => void
}

/** Our own Open Badges, or a template of one of the accounts at providers. */
export function TargetField({ template, value, onChange }: Props) {
  const { t } = useTranslation('badges')
  const may = useMay()
  const { organizationId, issuing } = template
  const query = useQuery({ ...accountsQuery(organizationId), enabled: may('account:read') })
  const accounts = query.data?.items ?? []
  const bound = issuing.target === 'provider' ? issuing.accountId : null
  const [chosen, setChosen] = useState<string | null>(bound)
  const account = accounts.find(({ id }) => id === chosen)
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('issuing.target')}
        value={chosen ?? 'native'}
        onChange={(choice) => {
          setChosen(choice === 'native' ? null : choice)
          if (choice === 'native') onChange(null)
          else if (choice === bound && issuing.target === 'provider')
            onChange(issuing.providerTemplateId)
        }}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="native" label={t('target.native')} description={t('issuing.nativeHint')} />
          {accounts.map(({ id, name, provider }) => (
            <Radio
              key={id}
              value={id}
              label={name}
              description={t('issuing.providerHint', { provider: providerNames[provider] })}
            />
          ))}
          {query.data !== undefined && accounts.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('issuing.noAccounts')}
            </Text>
          )}
        </Stack>
      </Radio.Group>
      {account !== undefined && <AccountTemplates {...{ account, value, onChange }} />}
    </Stack>
  )
}

const providerNames = { credly: 'Credly', accredible: 'Accredible', badgr: 'Badgr' } as const

type Account = { readonly id: string; readonly name: string; readonly syncedAt: string | null }
type TemplatesProps = Pick<Props, 'value' | 'onChange'> & { readonly account: Account }

function AccountTemplates({ account, value, onChange }: TemplatesProps) {
  const { t } = useTranslation('badges')
  const { data } = useQuery(providerTemplatesQuery(account.id, ''))
  const templates = data?.items ?? []
  const chosen = templates.find(({ id }) => id === value)
  return (
    <Stack gap="sm" ps="md">
      <Group align="flex-end" gap="sm">
        <Select
          flex="1 1 260px"
          searchable
          label={t('issuing.template')}
          placeholder={t('issuing.choose')}
          nothingFoundMessage={t('issuing.noTemplates')}
          value={value}
          data={templates.map(({ id, name, state }) => ({
            value: id,
            label:
              state === 'active'
                ? name
                : t('issuing.unavailable', { name, state: t(`state.${state}`) }),
            disabled: state !== 'active' && id !== value,
          }))}
          onChange={(id) => {
            if (id !== null) onChange(id)
          }}
        />
        <SyncButton account={account} />
      </Group>
      {chosen !== undefined && <Meaning chosen={chosen} />}
    </Stack>
  )
}

type Chosen = {
  readonly state: 'draft' | 'active' | 'archived'
  readonly allowsDuplicates: boolean
  readonly url: string | null
  readonly syncedAt: string
}

/** What a provider's template allows, in plain words. */
function Meaning({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation('badges')
  const { state, allowsDuplicates, url, syncedAt } = chosen
  return (
    <Stack gap={6}>
      <Group gap="sm">
        <Chip tone={state === 'active' ? 'good' : 'warn'}>{t(`issuing.there.${state}`)}</Chip>
        {url !== null && <OutsideLink href={url}>{t('issuing.openThere')}</OutsideLink>}
      </Group>
      <Text size="sm">{t(allowsDuplicates ? 'issuing.duplicates' : 'issuing.noDuplicates')}</Text>
      <Text size="xs" c="dimmed">
        {t('issuing.read')} <When at={syncedAt} />
      </Text>
    </Stack>
  )
}

function SyncButton({ account }: { account: Account }) {
  const { t } = useTranslation('badges')
  const may = useMay()
  const sync = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/provider-accounts/{id}/sync', {
          params: { path: { id: account.id } },
          body: {},
        }),
      ),
    onSuccess: async ({ seen }) => {
      await queries.invalidateQueries({ queryKey: ['provider-templates', account.id] })
      tellDone(t('issuing.synced', { count: seen, account: account.name }))
    },
    onError: tellProblem,
  })
  if (!may('account:edit')) return null
  return (
    <Button
      variant="default"
      leftSection={<RefreshCw size={16} aria-hidden />}
      loading={sync.isPending}
      onClick={() => sync.mutate()}
    >
      {t('issuing.sync')}
    </Button>
  )
}
