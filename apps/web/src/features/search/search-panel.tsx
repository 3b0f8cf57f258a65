import {
  Box,
  Combobox,
  Group,
  Kbd,
  ScrollArea,
  Stack,
  Text,
  TextInput,
  useCombobox,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Activity, Search, Send, UserRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Problem } from '../../components/states.js'
import { type Found, kinds, searchQuery } from './search-queries.js'

type Props = { readonly onChoose: (found: Found) => void }

/** One field for everything: arrows choose, Enter goes there. */
export function SearchPanel({ onChoose }: Props) {
  const { t } = useTranslation('operations')
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 200)
  const found = useQuery(searchQuery(asked))
  const combobox = useCombobox({ opened: true })
  const items = asked === '' ? [] : (found.data?.items ?? [])
  const { resetSelectedOption, selectFirstOption } = combobox
  // biome-ignore lint/correctness/useExhaustiveDependencies: other results are chosen from anew
  useEffect(() => {
    if (items.length > 0) selectFirstOption()
    else resetSelectedOption()
  }, [found.data])

  const choose = (key: string) => {
    const one = items.find((item) => keyOf(item) === key)
    if (one !== undefined) onChoose(one)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          size="md"
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          leftSection={<Search size={18} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      </Combobox.EventsTarget>
      <Text role="status" size="xs" c="dimmed" my={6}>
        <Told asked={asked} count={items.length} isBusy={found.isFetching} />
      </Text>
      {found.isError && <Problem error={found.error} />}
      <ScrollArea.Autosize mah="50vh" type="auto">
        <Combobox.Options aria-label={t('search.results')}>
          {kinds.map((kind) => (
            <Kind key={kind} kind={kind} items={items.filter((item) => item.kind === kind)} />
          ))}
        </Combobox.Options>
      </ScrollArea.Autosize>
      {found.data?.isWhole === false && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('search.notWhole')}
        </Text>
      )}
      <Hints />
    </Combobox>
  )
}

function keyOf({ kind, id }: Found): string {
  return `${kind} ${id}`
}

type ToldProps = { readonly asked: string; readonly count: number; readonly isBusy: boolean }

function Told({ asked, count, isBusy }: ToldProps) {
  const { t } = useTranslation('operations')
  if (asked === '') return t('search.what')
  return isBusy ? t('search.busy') : t('search.found', { count })
}

function Kind({ kind, items }: { kind: Found['kind']; items: readonly Found[] }) {
  const { t } = useTranslation('operations')
  if (items.length === 0) return null
  return (
    <Combobox.Group label={t(`search.kinds.${kind}`)}>
      {items.map((item) => (
        <Combobox.Option key={item.id} value={keyOf(item)}>
          <Group gap="sm" wrap="nowrap">
            <Picture found={item} />
            <Stack gap={0} miw={0}>
              <Text size="sm" fw={500} truncate>
                {item.title}
              </Text>
              <Text size="xs" opacity={0.8} truncate>
                <Detail found={item} />
              </Text>
            </Stack>
          </Group>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}

function Detail({ found: { kind, detail, organization } }: { found: Found }) {
  const { t } = useTranslation('operations')
  const states = ['draft', 'active', 'archived'] as const
  const state = kind === 'template' ? states.find((one) => one === detail) : undefined
  const words = state === undefined ? detail : t(`search.states.${state}`)
  return [words, organization?.name].filter(Boolean).join(' · ')
}

function Picture({ found: { kind, templateId } }: { found: Found }) {
  if (templateId !== null) return <BadgePicture templateId={templateId} size={32} />
  const Icon = kind === 'learner' ? UserRound : kind === 'event' ? Activity : Send
  return (
    <Box w={32} ta="center">
      <Icon size={20} aria-hidden />
    </Box>
  )
}

function Hints() {
  const { t } = useTranslation('operations')
  return (
    <Group gap="md" mt="sm" visibleFrom="xs" aria-hidden>
      <Text size="xs" c="dimmed">
        <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t('search.choose')}
      </Text>
      <Text size="xs" c="dimmed">
        <Kbd size="xs">↵</Kbd> {t('search.open')}
      </Text>
      <Text size="xs" c="dimmed">
        <Kbd size="xs">Esc</Kbd> {t('search.leave')}
      </Text>
    </Group>
  )
}
