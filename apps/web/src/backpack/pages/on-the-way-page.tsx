import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { Goals } from '../../features/my-progress/goals.js'
import { Ways } from '../../features/my-progress/ways.js'

export function OnTheWayPage() {
  const { t } = useTranslation('backpack')
  return (
    <Page title={t('nav.onTheWay')} about={t('goals.about')}>
      <Goals />
      <Ways />
    </Page>
  )
}
