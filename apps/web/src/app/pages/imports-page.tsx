import { Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { ImportList } from '../../features/award-imports/import-list.js'
import { UploadForm } from '../../features/award-imports/upload-form.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/awards/import')

/** Awards from a file: the beginning, and what was done before. */
export function ImportsPage() {
  const { t } = useTranslation('people')
  const may = useMay()
  const { id, slug } = useOrganization()
  const { templateId } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title={t('import.title')}
      about={t('import.about')}
      trail={[
        <GoLink key="awards" to={`/o/${slug}/awards`}>
          {t('awards.title')}
        </GoLink>,
      ]}
    >
      <Stack gap="xl">
        {may('award:edit') && (
          <UploadForm
            organizationId={id}
            templateId={templateId}
            onUploaded={(uploaded) =>
              void navigate({
                to: '/o/$organization/awards/import/$importId',
                params: { organization: slug, importId: uploaded.id },
                search: uploaded.checks.faulty > 0 ? { check: 'faulty' } : {},
              })
            }
          />
        )}
        <ImportList organizationId={id} base={`/o/${slug}`} />
      </Stack>
    </Page>
  )
}
