import { ActionIcon, Box, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Eye, EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { BadgeStatus } from '../../components/badge-status.js'
import { useGo } from '../../components/go.js'
import { tellProblem } from '../../components/tell.js'
import { tellUndo } from '../../components/tell-undo.js'
import { type BackpackBadge, changeBadge, pictureOf } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import classes from './my-badges.module.css'

/** One badge on the wall: its picture first. What is as it should be says no more. */
export function BadgeTile({ badge }: { readonly badge: BackpackBadge }) {
  const { name, issuer, status, isHidden, awardedAt } = badge
  return (
    <li className={classes['tile']} data-hidden={isHidden || undefined}>
      <Picture src={pictureOf(badge)} size={116} />
      <Text fw={600} size="sm" lh={1.3} lineClamp={3} mt={4} dir="auto">
        <a className={classes['link']} {...useGo(`/badges/${badge.id}`)}>
          {name}
        </a>
      </Text>
      <Text size="xs" c="dimmed" lineClamp={2} dir="auto">
        {issuer.name}
      </Text>
      {awardedAt !== null && (
        <Text size="xs" c="dimmed">
          <time dateTime={awardedAt}>{format.date(awardedAt)}</time>
        </Text>
      )}
      {status !== 'valid' && (
        <Box mt="auto">
          <BadgeStatus status={status} />
        </Box>
      )}
      <HideButton badge={badge} />
    </li>
  )
}

function HideButton({ badge: { id, name, isHidden } }: { readonly badge: BackpackBadge }) {
  const { t } = useTranslation('backpack')
  const hide = useMutation({
    mutationFn: (hides: boolean) => changeBadge(id, { isHidden: hides }),
    onSuccess: (_, hides) => {
      const message = t(hides ? 'wall.isHidden' : 'wall.isShown', { name })
      tellUndo(message, () => hide.mutate(!hides))
    },
    onError: tellProblem,
  })
  const label = t(isHidden ? 'wall.show' : 'wall.hide', { name })
  return (
    <ActionIcon
      className={classes['above']}
      color="gray"
      c="dimmed"
      aria-label={label}
      title={label}
      loading={hide.isPending}
      onClick={() => hide.mutate(!isHidden)}
    >
      {isHidden ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
    </ActionIcon>
  )
}
