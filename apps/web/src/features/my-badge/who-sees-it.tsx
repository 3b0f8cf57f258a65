import { Box, Stack, Switch, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../components/tell.js'
import { type BadgeChange, type BadgeDetail, badgeQuery, changeBadge } from '../../lib/backpack.js'
import { queries } from '../../lib/queries.js'
import classes from './my-badge.module.css'

const choices = ['public', 'unlisted', 'private'] as const

/** Who may see the page of the badge, and whether one's name stands on it. It holds as soon as it is chosen. */
export function WhoSeesIt({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const { queryKey } = badgeQuery(badge.id)
  const change = useMutation({
    mutationFn: (body: BadgeChange) => changeBadge(badge.id, body),
    // Shown at once; taken back when the server says no.
    onMutate: (body) => {
      const before = queries.getQueryData(queryKey)
      if (before !== undefined) queries.setQueryData(queryKey, { ...before, ...body })
      return before
    },
    onError: (error, _, before) => {
      queries.setQueryData(queryKey, before)
      tellProblem(error)
    },
  })
  return (
    <Stack gap="sm">
      <Box component="fieldset" p={0} m={0} style={{ border: 0 }}>
        <Text component="legend" size="sm" fw={500} mb={8} p={0}>
          {t('share.who')}
        </Text>
        <Stack gap={8}>
          {choices.map((visibility) => (
            <label key={visibility} className={classes['choice']}>
              <input
                type="radio"
                name="visibility"
                value={visibility}
                checked={badge.visibility === visibility}
                onChange={() => change.mutate({ visibility })}
              />
              <span>
                <Text span size="sm" fw={500} display="block">
                  {t(`share.visibility.${visibility}.title`)}
                </Text>
                <Text span size="sm" c="dimmed" display="block">
                  {t(`share.visibility.${visibility}.text`)}
                </Text>
              </span>
            </label>
          ))}
        </Stack>
      </Box>
      <Switch
        label={t('share.name')}
        description={t('share.nameText')}
        checked={badge.showsName}
        disabled={badge.visibility === 'private'}
        onChange={(event) => change.mutate({ showsName: event.currentTarget.checked })}
      />
    </Stack>
  )
}
