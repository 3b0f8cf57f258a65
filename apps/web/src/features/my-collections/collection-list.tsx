import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FolderHeart } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import { useGo } from '../../components/go.js'
import { Await, Empty } from '../../components/states.js'
import { pictureOf } from '../../lib/backpack.js'
import { type CollectionSummary, collectionsQuery } from '../../lib/collections.js'
import classes from './my-collections.module.css'
import { NewCollection } from './new-collection.js'

export function CollectionList() {
  const { t } = useTranslation('backpack')
  const collections = useQuery(collectionsQuery)
  return (
    <Await
      query={collections}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <Empty
          title={t('collections.none')}
          picture={
            <FolderHeart size={44} strokeWidth={1.4} color="var(--rosette-accent)" aria-hidden />
          }
          action={<NewCollection />}
        >
          {t('collections.noneText')}
        </Empty>
      }
    >
      {({ items }) => (
        <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} p={0} m={0}>
          {items.map((collection) => (
            <CollectionCard key={collection.id} collection={collection} />
          ))}
        </SimpleGrid>
      )}
    </Await>
  )
}

function CollectionCard({ collection }: { readonly collection: CollectionSummary }) {
  const { t } = useTranslation('backpack')
  const { id, name, description, badges, pictures, isPublished } = collection
  return (
    <Card component="li" className={classes['card']}>
      <Stack gap="xs">
        <div className={classes['pictures']}>
          {pictures.slice(0, 5).map((pictureUrl) => (
            <Picture key={pictureUrl} src={pictureOf({ pictureUrl })} size={68} />
          ))}
        </div>
        <Title order={2} size="h5" dir="auto">
          <a className={classes['link']} {...useGo(`/collections/${id}`)}>
            {name}
          </a>
        </Title>
        {description !== '' && (
          <Text size="sm" c="dimmed" lineClamp={2} dir="auto">
            {description}
          </Text>
        )}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {t('collections.badges', { count: badges })}
          </Text>
          <Chip tone={isPublished ? 'good' : 'quiet'}>
            {t(isPublished ? 'collections.published' : 'collections.private')}
          </Chip>
        </Group>
      </Stack>
    </Card>
  )
}
