import {
  ActionIcon,
  Button,
  Card,
  Checkbox,
  Group,
  NativeSelect,
  Stack,
  Text,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import {
  closesCircle,
  type Draft,
  type DraftBadge,
  moved,
  withBadge,
  withLink,
  withMilestone,
  withoutBadge,
  withoutLink,
} from './draft.js'
import { badgeChoiceQuery } from './pathway-queries.js'

type Props = {
  readonly organizationId: string
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

/** Everything that can be done to a map, without a pointer. */
export function MapForm(props: Props) {
  return (
    <Stack gap="lg">
      <Badges {...props} />
      <Links draft={props.draft} onChange={props.onChange} />
    </Stack>
  )
}

function Badges({ organizationId, draft, onChange }: Props) {
  const { t } = useTranslation('insights')
  const { data: all = [] } = useQuery(badgeChoiceQuery(organizationId))
  const left = all.filter(({ id }) => !draft.badges.some((badge) => badge.id === id))
  const [chosen, setChosen] = useState('')
  const badge = left.find(({ id }) => id === chosen)
  return (
    <Card component="section" padding="md">
      <Title order={2} size="h5" mb="sm">
        {t('pathway.onMap')}
      </Title>
      <Stack component="ul" gap="xs" p={0} m={0} mb="md" style={{ listStyle: 'none' }}>
        {draft.badges.map((one) => (
          <BadgeRow key={one.id} badge={one} draft={draft} onChange={onChange} />
        ))}
      </Stack>
      {left.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('pathway.allThere')}
        </Text>
      ) : (
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <NativeSelect
            label={t('pathway.addBadge')}
            flex={1}
            miw={0}
            value={badge === undefined ? '' : chosen}
            data={[
              { value: '', label: t('pathway.chooseBadge') },
              ...left.map(({ id: value, name: label }) => ({ value, label })),
            ]}
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
          <Button
            variant="default"
            disabled={badge === undefined}
            onClick={() => badge !== undefined && onChange(withBadge(draft, badge))}
          >
            {t('pathway.add')}
          </Button>
        </Group>
      )}
    </Card>
  )
}

type RowProps = Omit<Props, 'organizationId'> & { readonly badge: DraftBadge }

function BadgeRow({ badge, draft, onChange }: RowProps) {
  const { t } = useTranslation('insights')
  const { id, name, isMilestone } = badge
  return (
    <Group component="li" gap={4} wrap="nowrap">
      <BadgePicture templateId={id} size={32} />
      <Text size="sm" flex={1} miw={0} lineClamp={2}>
        {name}
      </Text>
      <Checkbox
        label={t('pathway.milestone')}
        aria-label={t('pathway.asMilestone', { name })}
        checked={isMilestone}
        size="xs"
        onChange={({ currentTarget }) => onChange(withMilestone(draft, id, currentTarget.checked))}
      />
      <ActionIcon
        aria-label={t('pathway.up', { name })}
        disabled={draft.badges[0]?.id === id}
        onClick={() => onChange(moved(draft, id, -1))}
      >
        <ArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        aria-label={t('pathway.down', { name })}
        disabled={draft.badges.at(-1)?.id === id}
        onClick={() => onChange(moved(draft, id, 1))}
      >
        <ArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        aria-label={t('pathway.removeBadge', { name })}
        c="var(--rosette-bad)"
        onClick={() => onChange(withoutBadge(draft, id))}
      >
        <X size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

function Links({ draft, onChange }: Omit<Props, 'organizationId'>) {
  const { t } = useTranslation('insights')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const choices = [
    { value: '', label: t('pathway.chooseBadge') },
    ...draft.badges.map(({ id: value, name: label }) => ({ value, label })),
  ]
  const isChosen = [from, to].every((id) => draft.badges.some((badge) => badge.id === id))
  const isCircle = isChosen && closesCircle(draft, from, to)
  return (
    <Card component="section" padding="md">
      <Title order={2} size="h5" mb="sm">
        {t('pathway.links')}
      </Title>
      <LinkList draft={draft} onChange={onChange} />
      {draft.badges.length > 1 && (
        <Stack gap="xs">
          <NativeSelect
            label={t('pathway.from')}
            value={from}
            data={choices}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <NativeSelect
            label={t('pathway.to')}
            value={to}
            data={choices}
            error={isCircle && t('pathway.circle')}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={!isChosen || isCircle}
            onClick={() => onChange(withLink(draft, from, to))}
          >
            {t('pathway.connect')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('pathway.pointerHint')}
          </Text>
        </Stack>
      )}
    </Card>
  )
}

function LinkList({ draft, onChange }: Omit<Props, 'organizationId'>) {
  const { t } = useTranslation('insights')
  const names = new Map(draft.badges.map(({ id, name }) => [id, name]))
  if (draft.links.length === 0) {
    return (
      <Text size="sm" c="dimmed" mb="md">
        {t('pathway.noLinks')}
      </Text>
    )
  }
  return (
    <Stack component="ul" gap={4} p={0} m={0} mb="md" style={{ listStyle: 'none' }}>
      {draft.links.map(({ from, to, by }) => {
        const both = { from: names.get(from) ?? '', to: names.get(to) ?? '' }
        return (
          <Group component="li" key={`${from} ${to}`} gap="xs" wrap="nowrap">
            <Text size="sm" flex={1} miw={0}>
              {t('pathway.link', both)}
            </Text>
            {by === 'rules' ? (
              <Text size="xs" c="dimmed">
                {t('pathway.byRule')}
              </Text>
            ) : (
              <ActionIcon
                aria-label={t('pathway.removeLink', both)}
                c="var(--rosette-bad)"
                onClick={() => onChange(withoutLink(draft, from, to))}
              >
                <X size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        )
      })}
    </Stack>
  )
}
