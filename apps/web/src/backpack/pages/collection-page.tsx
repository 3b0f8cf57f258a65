import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { CollectionDetails } from '../../features/my-collections/collection-details.js'
import { CollectionItems } from '../../features/my-collections/collection-items.js'
import { DeleteCollection } from '../../features/my-collections/delete-collection.js'
import { PublishCard } from '../../features/my-collections/publish-card.js'
import { collectionQuery } from '../../lib/collections.js'
import classes from './collection.module.css'

export function CollectionPage() {
  const { t } = useTranslation('backpack')
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const collection = useQuery(collectionQuery(params['collectionId'] ?? ''))
  const { data } = collection
  return (
    <Page
      title={data?.name ?? t('collection.title')}
      trail={[
        <GoLink key="all" to="/collections">
          {t('nav.collections')}
        </GoLink>,
      ]}
      mark={
        data && (
          <Chip tone={data.isPublished ? 'good' : 'quiet'}>
            {t(data.isPublished ? 'collections.published' : 'collections.private')}
          </Chip>
        )
      }
      actions={data && <DeleteCollection collection={data} />}
    >
      <Await query={collection}>
        {(found) => (
          <div className={classes['columns']}>
            <CollectionItems collection={found} />
            <Stack gap="md">
              <PublishCard collection={found} />
              <CollectionDetails collection={found} />
            </Stack>
          </div>
        )}
      </Await>
    </Page>
  )
}
