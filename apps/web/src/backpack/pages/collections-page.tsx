import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.js'
import { CollectionList } from '../../features/my-collections/collection-list.js'
import { NewCollection } from '../../features/my-collections/new-collection.js'

export function CollectionsPage() {
  const { t } = useTranslation('backpack')
  return (
    <Page title={t('nav.collections')} about={t('collections.about')} actions={<NewCollection />}>
      <CollectionList />
    </Page>
  )
}
