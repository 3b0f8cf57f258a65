import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { ImportForm } from '../../features/badge-imports/import-form.js'

export function ImportPage() {
  const { t } = useTranslation('backpack')
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
      <ImportForm />
    </Page>
  )
}
