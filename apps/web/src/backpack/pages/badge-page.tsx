import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoButton, GoLink } from '../../components/go.js'
import { Page } from '../../components/page.js'
import { Section } from '../../components/section.js'
import { Await } from '../../components/states.js'
import { tellProblem } from '../../components/tell.js'
import { tellUndo } from '../../components/tell-undo.js'
import { BadgeEndorsements } from '../../features/my-badge/badge-endorsements.js'
import { BadgeHead } from '../../features/my-badge/badge-head.js'
import { BadgeNumbers } from '../../features/my-badge/badge-numbers.js'
import { BadgeOrigin } from '../../features/my-badge/badge-origin.js'
import { InCollections } from '../../features/my-badge/in-collections.js'
import { Share } from '../../features/my-badge/share.js'
import { TakeAlong } from '../../features/my-badge/take-along.js'
import { WhatItTook } from '../../features/my-badge/what-it-took.js'
import { type BadgeDetail, badgeQuery, changeBadge } from '../../lib/backpack.js'
import classes from './badge.module.css'

export function BadgePage() {
  const { t } = useTranslation('backpack')
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const badge = useQuery(badgeQuery(params['badgeId'] ?? ''))
  return (
    <Page
      title={badge.data?.name ?? t('badge.title')}
      trail={[
        <GoLink key="all" to="/">
          {t('nav.badges')}
        </GoLink>,
      ]}
      actions={badge.data && <HideButton badge={badge.data} />}
    >
      <Await query={badge}>
        {(found) => (
          <div className={classes['columns']}>
            <Stack gap="md">
              <BadgeHead badge={found} />
              {!isWaiting(found) && (
                <>
                  {found.origin === 'earned' && <BadgeNumbers counts={found.counts} />}
                  <InCollections badge={found} />
                </>
              )}
            </Stack>
            <Stack gap="md" miw={0}>
              {isWaiting(found) ? (
                <WhatItWaitsFor />
              ) : (
                <>
                  <Share badge={found} />
                  <TakeAlong badge={found} />
                </>
              )}
              <WhatItTook badge={found} />
              {!isWaiting(found) && <BadgeEndorsements badge={found} />}
              <BadgeOrigin badge={found} />
            </Stack>
          </div>
        )}
      </Await>
    </Page>
  )
}

// Until the address is confirmed it is nobody's: there is nothing to show, to send or to endorse.
function isWaiting({ status }: BadgeDetail): boolean {
  return status === 'waiting'
}

function WhatItWaitsFor() {
  const { t } = useTranslation('backpack')
  return (
    <Section title={t('waiting.title')} about={t('waiting.about')}>
      <Group>
        <GoButton to="/settings#addresses">{t('waiting.go')}</GoButton>
      </Group>
    </Section>
  )
}

function HideButton({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const { id, name, isHidden } = badge
  const hide = useMutation({
    mutationFn: (hides: boolean) => changeBadge(id, { isHidden: hides }),
    onSuccess: (_, hides) => {
      const message = t(hides ? 'wall.isHidden' : 'wall.isShown', { name })
      tellUndo(message, () => hide.mutate(!hides))
    },
    onError: tellProblem,
  })
  return (
    <Button
      variant="default"
      loading={hide.isPending}
      leftSection={isHidden ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
      onClick={() => hide.mutate(!isHidden)}
    >
      {t(isHidden ? 'badge.show' : 'badge.hide')}
    </Button>
  )
}
