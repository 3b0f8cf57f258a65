import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { OrganizationForm } from '../../features/organizations/organization-form.js'
import { useOrganization } from '../../lib/session.js'

export function OrganizationPage() {
  const { t } = useTranslation('account')
  const organization = useOrganization()
  const navigate = useNavigate()
  return (
    <Page title={t('organization.title')} about={t('organization.about')}>
      <OrganizationForm
        key={organization.id}
        organization={organization}
        onMoved={(slug) =>
          void navigate({ to: '/o/$organization/settings', params: { organization: slug } })
        }
      />
    </Page>
  )
}
