import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Search, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { learnersFile, learnersQuery } from '../../features/learners/learner-queries.js'
import { LearnerTable } from '../../features/learners/learner-table.js'
import { NewLearner } from '../../features/learners/new-learner.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/learners')

/** Everybody who earns badges. */
export function LearnersPage() {
  const { t } = useTranslation(['people', 'common'])
  const may = useMay()
  const { id, slug } = useOrganization()
  const { search, who } = route.useSearch()
  const navigate = route.useNavigate()
  const [isNew, setNew] = useState(false)
  const filter = { search, ...(who === undefined && { organizationId: id }) }
  return (
    <Page
      title={t('learners.title')}
      about={t('learners.about')}
      actions={
        <Group gap="sm">
          <Button component="a" variant="default" href={learnersFile(filter)} download>
            {t('common:csv')}
          </Button>
          {may('learner:create') && (
            <Button onClick={() => setNew(true)}>{t('newLearner.button')}</Button>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        <Group gap="md" align="flex-end" role="search">
          <TextInput
            key={search ?? ''}
            label={t('learners.search')}
            placeholder={t('learners.searchHint')}
            leftSection={<Search size={16} aria-hidden />}
            defaultValue={search ?? ''}
            onBlur={({ currentTarget: { value } }) =>
              void navigate({ search: (old) => ({ ...old, search: value.trim() || undefined }) })
            }
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            flex={1}
            miw={220}
            maw={420}
          />
          <SegmentedControl
            aria-label={t('learners.who')}
            value={who ?? 'ours'}
            onChange={(value) =>
              void navigate({
                search: (old) => ({ ...old, who: value === 'everybody' ? value : undefined }),
              })
            }
            data={[
              { value: 'ours', label: t('learners.ours') },
              { value: 'everybody', label: t('learners.everybody') },
            ]}
          />
        </Group>
        <Found filter={filter} base={`/o/${slug}`} />
      </Stack>
      {isNew && (
        <NewLearner
          onClose={() => setNew(false)}
          onMade={(made) =>
            void navigate({
              to: '/o/$organization/learners/$learnerId',
              params: { organization: slug, learnerId: made.id },
            })
          }
        />
      )}
    </Page>
  )
}

function Found({ filter, base }: { filter: Parameters<typeof learnersQuery>[0]; base: string }) {
  const { t } = useTranslation('people')
  const query = useInfiniteQuery(learnersQuery(filter))
  const everybody = new URLSearchParams({
    who: 'everybody',
    ...(filter.search !== undefined && { search: filter.search }),
  })
  const isNarrow = filter.organizationId !== undefined
  return (
    <Await
      query={query}
      isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
      empty={
        <Empty
          title={t(filter.search === undefined ? 'learners.none' : 'learners.notFound')}
          picture={<UsersRound size={48} aria-hidden color="var(--rosette-accent)" />}
          action={
            isNarrow && (
              <GoButton to={`${base}/learners?${everybody}`} variant="default">
                {t('learners.showEverybody')}
              </GoButton>
            )
          }
        >
          {t(filter.search === undefined ? 'learners.noneText' : 'learners.notFoundText')}
        </Empty>
      }
    >
      {({ pages }) => (
        <>
          <LearnerTable learners={pages.flatMap(({ items }) => items)} base={base} />
          <More pages={query} />
        </>
      )}
    </Await>
  )
}
