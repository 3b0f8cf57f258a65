import { Button, Group, Menu, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FolderPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoLink, useGoTo } from '../../components/go.js'
import { Section } from '../../components/section.js'
import { tellProblem } from '../../components/tell.js'
import { tellUndo } from '../../components/tell-undo.js'
import { type BadgeDetail, refreshBackpack } from '../../lib/backpack.js'
import {
  collectionQuery,
  collectionsQuery,
  createCollection,
  itemsOf,
  updateCollection,
} from '../../lib/collections.js'
import { format } from '../../lib/format.js'
import { queries } from '../../lib/queries.js'

/** The collections in which the badge is, and a way into others. */
export function InCollections({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const isIn = new Set(badge.collections.map(({ id }) => id))
  return (
    <Section
      title={t('inCollections.title')}
      about={t('inCollections.about')}
      actions={<PutInto badge={badge} isIn={isIn} />}
    >
      {badge.collections.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('inCollections.none')}
        </Text>
      ) : (
        <Group component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
          {badge.collections.map(({ id, name }) => (
            <li key={id} dir="auto">
              <GoLink to={`/collections/${id}`}>{name}</GoLink>
            </li>
          ))}
        </Group>
      )}
    </Section>
  )
}

type PutProps = { readonly badge: BadgeDetail; readonly isIn: ReadonlySet<string> }

function PutInto({ badge, isIn }: PutProps) {
  const { t } = useTranslation('backpack')
  const go = useGoTo()
  const collections = useQuery(collectionsQuery)
  const put = useMutation({
    mutationFn: (id: string) => setWhether(id, badge.id, true),
    onSuccess: ({ id, name }) => {
      const takeOut = () => void setWhether(id, badge.id, false).catch(tellProblem)
      tellUndo(t('inCollections.put', { name }), takeOut)
    },
    onError: tellProblem,
  })
  const make = useMutation({
    mutationFn: () => createCollection(badge.name, [{ badgeId: badge.id, note: '' }]),
    onSuccess: ({ id }) => go(`/collections/${id}`),
    onError: tellProblem,
  })
  const others = collections.data?.items.filter(({ id }) => !isIn.has(id)) ?? []
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          loading={put.isPending || make.isPending}
          leftSection={<FolderPlus size={14} aria-hidden />}
        >
          {t('inCollections.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ id, name, badges }) => (
          <Menu.Item key={id} onClick={() => put.mutate(id)}>
            {name}{' '}
            <Text span size="xs" c="dimmed">
              {format.number(badges)}
            </Text>
          </Menu.Item>
        ))}
        {others.length > 0 && <Menu.Divider />}
        <Menu.Item onClick={() => make.mutate()}>{t('inCollections.new')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Puts a badge at the end of a collection, or takes it out; the others stay as they are. */
async function setWhether(id: string, badgeId: string, isIn: boolean) {
  const others = itemsOf(await queries.fetchQuery({ ...collectionQuery(id), staleTime: 0 })).filter(
    (item) => item.badgeId !== badgeId,
  )
  const badges = isIn ? [...others, { badgeId, note: '' }] : others
  const changed = await updateCollection(id, { badges })
  await refreshBackpack()
  return changed
}
