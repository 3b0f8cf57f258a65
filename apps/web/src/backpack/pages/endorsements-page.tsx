import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { Given } from '../../features/my-endorsements/given.js'
import { Received } from '../../features/my-endorsements/received.js'
import { endorsementsQuery } from '../../lib/endorsements.js'

export function EndorsementsPage() {
  const { t } = useTranslation('backpack')
  const endorsements = useQuery(endorsementsQuery)
  return (
    <Page title={t('nav.endorsements')} about={t('endorsements.pageAbout')}>
      <Await query={endorsements}>
        {({ received, given }) => (
          <Stack gap="md" maw={820}>
            <Received received={received} />
            <Given given={given} />
          </Stack>
        )}
      </Await>
    </Page>
  )
}
