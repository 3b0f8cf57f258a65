import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export const shows = ['all', 'earned', 'imported', 'hidden'] as const
export type Show = (typeof shows)[number]

type Props = {
  readonly search: string
  readonly show: Show
  readonly onChange: (changed: { search?: string; show?: Show }) => void
}

/** Finds a badge by its name or who issued it; hidden ones are behind a choice of their own. */
export function WallFilters({ search, show, onChange }: Props) {
  const { t } = useTranslation(['backpack', 'common'])
  const [typed, setTyped] = useState(search)
  const settle = useDebouncedCallback((text: string) => onChange({ search: text }), 300)
  return (
    <Group gap="sm" role="search">
      <TextInput
        flex={1}
        miw={180}
        type="search"
        aria-label={t('wall.search')}
        placeholder={t('wall.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          settle(event.currentTarget.value)
        }}
      />
      <NativeSelect
        w={{ base: '100%', xs: 220 }}
        aria-label={t('wall.which')}
        data={shows.map((value) => ({ value, label: t(`wall.shows.${value}`) }))}
        value={show}
        onChange={(event) => {
          const found = shows.find((one) => one === event.currentTarget.value)
          if (found !== undefined) onChange({ show: found })
        }}
      />
    </Group>
  )
}
