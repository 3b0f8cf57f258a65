import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoButton, GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { AccountCards } from '../../features/providers/account-cards.js'
import { ChooseProvider } from '../../features/providers/choose-provider.js'
import { NewAccount } from '../../features/providers/new-account.js'
import {
  accountsQuery,
  issuerChoicesQuery,
  type Provider,
  providerNames,
} from '../../features/providers/provider-queries.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/providers')

export function ProvidersPage() {
  const { add } = route.useSearch()
  return add === undefined ? <Accounts /> : <Add chosen={add === 'choose' ? undefined : add} />
}

function Accounts() {
  const { t } = useTranslation('operations')
  const { id, slug } = useOrganization()
  const may = useMay()
  const navigate = route.useNavigate()
  const accounts = useQuery(accountsQuery(id))
  const add = (
    <Button
      leftSection={<Plus size={16} aria-hidden />}
      onClick={() => void navigate({ search: { add: 'choose' } })}
    >
      {t('providers.add')}
    </Button>
  )
  const mayAdd = may('account:edit')
  return (
    <Page
      title={t('providers.title')}
      about={t('providers.about')}
      {...(mayAdd && { actions: add })}
    >
      <Await
        query={accounts}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty title={t('providers.none')} {...(mayAdd && { action: add })}>
            {t('providers.noneText')}
          </Empty>
        }
      >
        {({ items }) => <AccountCards accounts={items} slug={slug} />}
      </Await>
    </Page>
  )
}

function Add({ chosen }: { chosen: Provider | undefined }) {
  const { t } = useTranslation('operations')
  const { id, slug } = useOrganization()
  const navigate = route.useNavigate()
  const issuers = useQuery(issuerChoicesQuery(id))
  return (
    <Page
      title={
        chosen === undefined
          ? t('providers.add')
          : t('providers.addAt', { provider: providerNames[chosen] })
      }
      trail={[
        <GoLink key="list" to={`/o/${slug}/providers`}>
          {t('providers.title')}
        </GoLink>,
      ]}
    >
      {chosen === undefined ? (
        <ChooseProvider onChoose={(add) => void navigate({ search: { add } })} />
      ) : (
        <Await
          query={issuers}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Empty
              title={t('providers.noIssuer')}
              action={<GoButton to={`/o/${slug}/issuers`}>{t('issuers.add')}</GoButton>}
            >
              {t('providers.noIssuerText')}
            </Empty>
          }
        >
          {({ items }) => (
            <NewAccount
              key={chosen}
              provider={chosen}
              organizationId={id}
              issuers={items}
              onBack={() => void navigate({ search: { add: 'choose' } })}
              onMade={({ id: account, name }) => {
                tellDone(t('providers.added', { name }))
                void navigate({
                  to: '/o/$organization/providers/$account',
                  params: { organization: slug, account },
                })
              }}
            />
          )}
        </Await>
      )}
    </Page>
  )
}
