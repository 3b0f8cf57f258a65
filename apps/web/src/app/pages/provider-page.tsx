import { Grid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { AccountActions } from '../../features/providers/account-actions.js'
import { AccountEvents } from '../../features/providers/account-events.js'
import { AccountFacts } from '../../features/providers/account-facts.js'
import { AccountState } from '../../features/providers/account-state.js'
import { AccountTemplates } from '../../features/providers/account-templates.js'
import { CapabilityList } from '../../features/providers/capability-list.js'
import { KeyCard } from '../../features/providers/key-card.js'
import {
  type Account,
  accountQuery,
  providerNames,
} from '../../features/providers/provider-queries.js'
import { WebhookCard } from '../../features/providers/webhook-card.js'
import { useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/providers/$account')

export function ProviderPage() {
  const { t } = useTranslation('operations')
  const { slug } = useOrganization()
  const { account: id } = route.useParams()
  const account = useQuery(accountQuery(id))
  return (
    <Page
      title={account.data?.name ?? t('providers.account')}
      trail={[
        <GoLink key="list" to={`/o/${slug}/providers`}>
          {t('providers.title')}
        </GoLink>,
      ]}
      {...(account.data !== undefined && {
        about: providerNames[account.data.provider],
        actions: <AccountActions account={account.data} />,
      })}
    >
      <Await query={account}>{(found) => <Parts account={found} slug={slug} />}</Await>
    </Page>
  )
}

function Parts({ account, slug }: { account: Account; slug: string }) {
  const navigate = route.useNavigate()
  return (
    <Stack gap="md">
      <Text component="div">
        <AccountState account={account} />
      </Text>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <AccountTemplates accountId={account.id} slug={slug} />
            <AccountEvents accountId={account.id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <AccountFacts
              account={account}
              slug={slug}
              onRemoved={() =>
                void navigate({
                  to: '/o/$organization/providers',
                  params: { organization: slug },
                  search: {},
                })
              }
            />
            <KeyCard account={account} />
            {account.webhookUrl !== null && (
              <WebhookCard account={account} url={account.webhookUrl} />
            )}
            <CapabilityList account={account} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  )
}
