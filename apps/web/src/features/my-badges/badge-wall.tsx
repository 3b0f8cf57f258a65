import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { BadgePlus, SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Await, Empty } from '../../components/states.js'
import { type Wall, wallQuery } from '../../lib/backpack.js'
import { BadgeTile } from './badge-tile.js'
import classes from './my-badges.module.css'

/** Everything one has, as pictures. */
export function BadgeWall({ wall }: { readonly wall: Wall }) {
  const { t } = useTranslation('backpack')
  const pages = useInfiniteQuery(wallQuery(wall))
  const badges = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Await
      query={pages}
      loading={<Tiles />}
      isEmpty={() => badges.length === 0}
      empty={<NoBadges wall={wall} />}
    >
      {() => (
        <Stack gap="lg">
          <ul className={classes['wall']} aria-label={t('wall.label')}>
            {badges.map((badge) => (
              <BadgeTile key={badge.id} badge={badge} />
            ))}
          </ul>
          <More pages={pages} />
        </Stack>
      )}
    </Await>
  )
}

function NoBadges({ wall }: { readonly wall: Wall }) {
  const { t } = useTranslation('backpack')
  const icon = { size: 44, strokeWidth: 1.4, color: 'var(--rosette-accent)' } as const
  const isWhole = wall.show === 'shown' && wall.origin === undefined && !wall.search
  if (!isWhole) {
    return (
      <Empty
        title={t('wall.noneFound')}
        picture={<SearchX {...icon} aria-hidden />}
        action={
          <GoButton to="/" variant="default">
            {t('wall.showAll')}
          </GoButton>
        }
      >
        {t('wall.noneFoundText')}
      </Empty>
    )
  }
  return (
    <Empty
      title={t('wall.none')}
      picture={<BadgePlus {...icon} aria-hidden />}
      action={<GoButton to="/import">{t('import.go')}</GoButton>}
    >
      {t('wall.noneText')}
    </Empty>
  )
}

function Tiles() {
  const { t } = useTranslation()
  return (
    <div role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <div className={classes['wall']} aria-hidden>
        {Array.from({ length: 8 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all the same
          <Skeleton key={at} height={214} radius="lg" />
        ))}
      </div>
    </div>
  )
}
