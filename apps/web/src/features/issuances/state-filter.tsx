import { Group, Select, TextInput, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { format } from '../../lib/format.js'
import { type IssuanceCounts, issuanceCountsQuery, type State } from './issuance-queries.js'

type Shown = {
  readonly search?: string | undefined
  readonly state?: State | undefined
  readonly accountId?: string | undefined
}
type Props = {
  readonly organizationId: string
  readonly shown: Shown
  readonly onChange: (change: Partial<Shown>) => void
}

const states = ['queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked'] as const

/** States with how many there are of each, and further filters; all of it stands in the address. */
export function IssuanceFilters({ organizationId, shown, onChange }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const { data } = useQuery(issuanceCountsQuery(organizationId))
  const items = data?.items ?? []
  const accounts = accountsIn(items)
  const ofAccount = items.filter(
    ({ account }) => shown.accountId === undefined || account?.id === shown.accountId,
  )
  const count = (state?: State) =>
    ofAccount
      .filter((one) => state === undefined || one.state === state)
      .reduce((sum, one) => sum + one.count, 0)
  return (
    <Group gap="md" align="flex-end" justify="space-between">
      <Group gap={6} role="group" aria-label={t('issuances.states')}>
        {[undefined, ...states].map((state) => (
          <StateButton
            key={state ?? 'all'}
            label={state === undefined ? t('common:all') : t(`state.${state}`)}
            count={data === undefined ? undefined : count(state)}
            isChosen={shown.state === state}
            onClick={() => onChange({ state })}
          />
        ))}
      </Group>
      <Group gap="sm" align="flex-end" role="search">
        <TextInput
          key={shown.search ?? ''}
          label={t('filters.learner')}
          placeholder={t('filters.learnerHint')}
          leftSection={<Search size={16} aria-hidden />}
          defaultValue={shown.search ?? ''}
          onBlur={({ currentTarget: { value } }) => onChange({ search: value.trim() || undefined })}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          w={220}
        />
        {accounts.length > 0 && (
          <Select
            label={t('issuances.account')}
            placeholder={t('common:all')}
            data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
            value={shown.accountId ?? null}
            onChange={(accountId) => onChange({ accountId: accountId ?? undefined })}
            clearable
            clearButtonProps={{ 'aria-label': t('filters.clear') }}
            w={220}
          />
        )}
      </Group>
    </Group>
  )
}

type ButtonProps = {
  readonly label: string
  readonly count: number | undefined
  readonly isChosen: boolean
  readonly onClick: () => void
}

function StateButton({ label, count, isChosen, onClick }: ButtonProps) {
  const { t } = useTranslation('people')
  return (
    <UnstyledButton
      onClick={onClick}
      aria-pressed={isChosen}
      px="sm"
      py={6}
      fz="sm"
      fw={isChosen ? 600 : 400}
      style={{
        borderRadius: 999,
        border: `1px solid ${isChosen ? 'var(--rosette-accent)' : 'var(--rosette-line)'}`,
        backgroundColor: isChosen ? 'var(--rosette-accent-bg)' : 'var(--rosette-card)',
      }}
    >
      {count === undefined ? label : t('issuances.counted', { label, count: format.number(count) })}
    </UnstyledButton>
  )
}

function accountsIn(items: IssuanceCounts['items']) {
  const accounts = new Map(items.flatMap(({ account }) => (account ? [[account.id, account]] : [])))
  return [...accounts.values()]
}
