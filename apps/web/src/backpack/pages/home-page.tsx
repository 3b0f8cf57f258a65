import { Box, SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoButton, useGoTo } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { BadgeWall } from '../../features/my-badges/badge-wall.js'
import { Fresh } from '../../features/my-badges/fresh.js'
import { WaitingNote } from '../../features/my-badges/waiting-note.js'
import { type Show, shows, WallFilters } from '../../features/my-badges/wall-filters.js'
import { GoalsTeaser } from '../../features/my-progress/goals-teaser.js'
import { WaysTeaser } from '../../features/my-progress/ways-teaser.js'
import { overviewQuery, type Wall } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import classes from './home.module.css'

export function HomePage() {
  const { t } = useTranslation('backpack')
  const { search = '', show } = useFilters()
  const go = useGoTo()
  const { data } = useQuery(overviewQuery)
  const about =
    data === undefined
      ? undefined
      : t('home.about', {
          earned: format.number(data.earned),
          imported: format.number(data.imported),
        })
  const change = (changed: { search?: string; show?: Show }) => {
    const next = { search, show, ...changed }
    const query = new URLSearchParams()
    if (next.search !== '') query.set('search', next.search)
    if (next.show !== 'all') query.set('show', next.show)
    go(query.size === 0 ? '/' : `/?${query}`, 'replace')
  }
  return (
    <Page
      title={t('nav.badges')}
      about={about}
      actions={
        <GoButton to="/import" leftSection={<Plus size={18} aria-hidden />}>
          {t('import.go')}
        </GoButton>
      }
    >
      <WaitingNote />
      <Fresh />
      <Box className={classes['columns']}>
        <Stack gap="md" miw={0}>
          <WallFilters search={search} show={show} onChange={change} />
          <BadgeWall wall={wallOf(search, show)} />
        </Stack>
        <SimpleGrid cols={1} spacing="md" style={{ alignContent: 'start' }}>
          <GoalsTeaser />
          <WaysTeaser />
        </SimpleGrid>
      </Box>
    </Page>
  )
}

function useFilters(): { readonly search?: string; readonly show: Show } {
  const given: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const search = given['search']
  return {
    show: shows.find((one) => one === given['show']) ?? 'all',
    ...(typeof search === 'string' && { search }),
  }
}

function wallOf(search: string, show: Show): Wall {
  if (show === 'hidden') return { search, show: 'hidden' }
  if (show === 'all') return { search, show: 'shown' }
  return { search, show: 'shown', origin: show }
}
