import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { ImportForm } from '../../features/badge-imports/import-form.js'

export function ImportPage() {
  const { t } = useTranslation('backpack')
  const given: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const address = given['address']
  return (
    <Page
      title={t('import.title')}
      about={t('import.about')}
      trail={[
        <GoLink key="all" to="/">
          {t('nav.badges')}
        </GoLink>,
      ]}
    >
      <ImportForm address={typeof address === 'string' ? address : ''} />
    </Page>
  )
}
