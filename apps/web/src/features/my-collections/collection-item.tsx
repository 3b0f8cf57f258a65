import { ActionIcon, Box, Group, Text, Textarea } from '@mantine/core'
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { pictureOf } from '../../lib/backpack.js'
import classes from './my-collections.module.css'
import type { Items } from './use-items.js'

type Props = {
  readonly item: Items[number]
  readonly place: { readonly at: number; readonly last: number }
  readonly onMove: (to: number) => void
  readonly onTakeOut: () => void
  readonly onNote: (text: string) => void
  readonly drag: {
    readonly isDragged: boolean
    readonly isTarget: boolean
    readonly start: () => void
    readonly over: () => void
    readonly drop: () => void
    readonly end: () => void
  }
}

/** One badge of a collection, with what its owner says about it. */
export function CollectionItem(props: Props) {
  const { t } = useTranslation('backpack')
  const { item, drag } = props
  return (
    <li
      className={classes['item']}
      data-dragged={drag.isDragged || undefined}
      data-target={drag.isTarget || undefined}
      draggable
      onDragStart={drag.start}
      onDragOver={(event) => {
        event.preventDefault()
        drag.over()
      }}
      onDrop={(event) => {
        event.preventDefault()
        drag.drop()
      }}
      onDragEnd={drag.end}
    >
      <GripVertical
        size={18}
        className={classes['grip']}
        color="var(--mantine-color-dimmed)"
        aria-hidden
      />
      <Picture src={pictureOf(item.badge)} size={60} />
      <Box flex={1} miw={0}>
        <Text fw={600} size="sm" dir="auto">
          <GoLink to={`/badges/${item.badge.id}`}>{item.badge.name}</GoLink>
        </Text>
        <Text size="xs" c="dimmed" dir="auto">
          {item.badge.issuer.name}
        </Text>
        {!item.isShown && (
          <Box mt={4}>
            <Chip tone="warn">{t('collection.notShown')}</Chip>
          </Box>
        )}
        <Note {...props} />
      </Box>
      <Buttons {...props} />
    </li>
  )
}

function Note({ item, onNote }: Props) {
  const { t } = useTranslation('backpack')
  const [note, setNote] = useState(item.note)
  return (
    <Textarea
      mt={6}
      aria-label={t('collection.noteOn', { name: item.badge.name })}
      placeholder={t('collection.note')}
      autosize
      minRows={1}
      maxRows={6}
      maxLength={2000}
      size="xs"
      value={note}
      onChange={(event) => setNote(event.currentTarget.value)}
      onBlur={() => note.trim() !== item.note && onNote(note.trim())}
      // Text is marked here by dragging, too.
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

function Buttons({ item, place, onMove, onTakeOut }: Props) {
  const { t } = useTranslation('backpack')
  const { name } = item.badge
  const look = { color: 'gray', className: classes['button'] } as const
  const { at, last } = place
  const moveTo = (to: number) => (event: MouseEvent) => {
    const { nextElementSibling: next, previousElementSibling: before } = event.currentTarget
    // At an end this arrow is off and would lose the keyboard; the other one leads back.
    if (to === 0 && next instanceof HTMLElement) next.focus()
    if (to === last && before instanceof HTMLElement) before.focus()
    onMove(to)
  }
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      <ActionIcon
        {...look}
        aria-label={t('collection.up', { name })}
        disabled={at === 0}
        onClick={moveTo(at - 1)}
      >
        <ArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...look}
        aria-label={t('collection.down', { name })}
        disabled={at === last}
        onClick={moveTo(at + 1)}
      >
        <ArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon {...look} aria-label={t('collection.takeOut', { name })} onClick={onTakeOut}>
        <X size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
