import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { AccountState, KeyEnd } from './account-state.js'
import { type Account, providerNames } from './provider-queries.js'

/** The accounts with how they are. */
export function AccountCards({ accounts, slug }: { accounts: readonly Account[]; slug: string }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {accounts.map((account) => (
        <AccountCard key={account.id} account={account} slug={slug} />
      ))}
    </SimpleGrid>
  )
}

function AccountCard({ account, slug }: { account: Account; slug: string }) {
  const { t } = useTranslation(['operations', 'common'])
  const { issuances, syncedAt, syncError } = account
  const stuck = (issuances.failed ?? 0) + (issuances.stopped ?? 0)
  return (
    <Card component="article">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h5">
            <GoLink to={`/o/${slug}/providers/${account.id}`}>{account.name}</GoLink>
          </Title>
          <Text size="sm" c="dimmed">
            {providerNames[account.provider]}
          </Text>
        </div>
        <div>
          <AccountState account={account} />
        </div>
        <Fact term={t('providers.key')}>
          <KeyEnd account={account} />
        </Fact>
        <Fact term={t('providers.issued')}>
          <Text size="sm">
            {format.number(issuances.issued ?? 0)}
            {stuck > 0 && (
              <Text span size="sm" c="var(--rosette-bad)">
                {' '}
                {t('providers.stuck', { count: stuck })}
              </Text>
            )}
          </Text>
        </Fact>
        <Fact term={t('providers.templatesRead')}>
          <Text size="sm" component="span">
            {syncedAt === null ? t('common:never') : <When at={syncedAt} />}
          </Text>
        </Fact>
        {syncError !== null && (
          <Text size="sm" c="var(--rosette-bad)">
            {syncError}
          </Text>
        )}
      </Stack>
    </Card>
  )
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed" miw={120}>
        {term}
      </Text>
      {children}
    </Group>
  )
}
