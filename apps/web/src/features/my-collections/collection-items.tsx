import { Stack, Text, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { tellUndo } from '../../components/tell-undo.js'
import type { Collection } from '../../lib/collections.js'
import { format } from '../../lib/format.js'
import { AddBadges } from './add-badges.js'
import { CollectionItem } from './collection-item.js'
import { moved } from './reorder.js'
import { type Items, useItems } from './use-items.js'

/** The badges in their order: by dragging, or with the buttons of each. */
export function CollectionItems({ collection }: { readonly collection: Collection }) {
  const { t } = useTranslation('backpack')
  const { badges: items } = collection
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const [told, setTold] = useState('')
  const change = useItems(collection)
  const move = (from: number, to: number) => {
    const next = moved(items, from, to)
    if (next === items) return
    change(next)
    const name = items[from]?.badge.name ?? ''
    const place = { at: format.number(to + 1), all: format.number(items.length) }
    setTold(t('collection.movedTo', { name, ...place }))
  }
  const takeOut = (item: Items[number]) => {
    change(items.filter(({ badge }) => badge.id !== item.badge.id))
    tellUndo(t('collection.takenOut', { name: item.badge.name }), () => change(items))
  }
  const note = (item: Items[number], text: string) =>
    change(items.map((one) => (one.badge.id === item.badge.id ? { ...one, note: text } : one)))
  const end = () => {
    setDragged(null)
    setOver(null)
  }
  return (
    <Section
      title={t('collection.badges')}
      about={t('collection.badgesText')}
      actions={
        <AddBadges
          has={items.map(({ badge }) => badge.id)}
          onAdd={(badge) => change([...items, { badge, note: '', isShown: true }])}
        />
      }
    >
      <VisuallyHidden aria-live="polite">{told}</VisuallyHidden>
      {items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('collection.empty')}
        </Text>
      )}
      <Stack component="ol" gap="xs" p={0} m={0}>
        {items.map((item, at) => (
          <CollectionItem
            key={item.badge.id}
            item={item}
            place={{ at, last: items.length - 1 }}
            onMove={(to) => move(at, to)}
            onTakeOut={() => takeOut(item)}
            onNote={(text) => note(item, text)}
            drag={{
              isDragged: dragged === at,
              isTarget: over === at && dragged !== at,
              start: () => setDragged(at),
              over: () => dragged !== null && setOver(at),
              drop: () => {
                if (dragged !== null) move(dragged, at)
                end()
              },
              end,
            }}
          />
        ))}
      </Stack>
    </Section>
  )
}
