import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { NewOrganization } from '../../features/organizations/new-organization.js'
import { organizationsQuery } from '../../features/organizations/organization-queries.js'
import { OrganizationTable } from '../../features/organizations/organization-table.js'

export function OrganizationsPage() {
  const { t } = useTranslation('account')
  const navigate = useNavigate()
  const [isMaking, setMaking] = useState(false)
  const organizations = useQuery(organizationsQuery)
  const make = <Button onClick={() => setMaking(true)}>{t('organizations.new')}</Button>
  return (
    <Page title={t('organizations.title')} about={t('organizations.about')} actions={make}>
      <Await
        query={organizations}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty title={t('organizations.none')} action={make}>
            {t('organizations.about')}
          </Empty>
        }
      >
        {({ items }) => <OrganizationTable organizations={items} />}
      </Await>
      <NewOrganization
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        onMade={(organization) =>
          void navigate({ to: '/o/$organization', params: { organization } })
        }
      />
    </Page>
  )
}
