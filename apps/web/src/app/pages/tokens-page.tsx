import { Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { NewToken } from '../../features/tokens/new-token.js'
import { platformTokensQuery, tokensQuery } from '../../features/tokens/token-queries.js'
import { TokenTable } from '../../features/tokens/token-table.js'
import { useMay, useOrganization, useSession } from '../../lib/session.js'

export function TokensPage() {
  const { t } = useTranslation('account')
  const { id } = useOrganization()
  const isForPlatform = useSession().permissions.includes('token:edit')
  const [isMaking, setMaking] = useState(false)
  const tokens = useQuery(tokensQuery(id))
  const make = <Button onClick={() => setMaking(true)}>{t('tokens.new')}</Button>
  return (
    <Page
      title={t('tokens.title')}
      about={t('tokens.about')}
      {...(useMay()('token:edit') && { actions: make })}
    >
      <Await
        query={tokens}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty title={t('tokens.none')} action={make}>
            {t('tokens.noneText')}
          </Empty>
        }
      >
        {({ items }) => <TokenTable tokens={items} label={t('tokens.title')} />}
      </Await>
      {isForPlatform && <PlatformTokens />}
      <NewToken
        organizationId={id}
        isForPlatform={isForPlatform}
        isOpen={isMaking}
        onClose={() => setMaking(false)}
      />
    </Page>
  )
}

/** What reaches beyond every organization; administrators alone see it. */
function PlatformTokens() {
  const { t } = useTranslation('account')
  const tokens = useQuery(platformTokensQuery)
  return (
    <Stack component="section" aria-labelledby="platform-tokens" gap="sm">
      <Title order={2} size="h4" id="platform-tokens">
        {t('tokens.platform')}
      </Title>
      <Await
        query={tokens}
        isEmpty={({ items }) => items.length === 0}
        empty={<Empty title={t('tokens.nonePlatform')} />}
      >
        {({ items }) => <TokenTable tokens={items} label={t('tokens.platform')} />}
      </Await>
    </Stack>
  )
}
