import { Anchor, Box, Card, Group, Stack, Text } from '@mantine/core'
import { EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { BadgeStatus } from '../../components/badge-status.js'
import { Chip } from '../../components/chips.js'
import { type BadgeDetail, pictureOf } from '../../lib/backpack.js'
import { format } from '../../lib/format.js'
import classes from './my-badge.module.css'

/** The badge itself: its picture, and how it stands, in a word and a sentence. */
export function BadgeHead({ badge }: { readonly badge: BadgeDetail }) {
  const { t } = useTranslation('backpack')
  const { issuer, awardedAt, expiresAt, status, statusReason, isHidden, description } = badge
  return (
    <Card className={classes['head']} padding="xl">
      <Stack align="center" gap="md">
        <Picture src={pictureOf(badge)} size={220} alt={t('badge.picture', { name: badge.name })} />
        <Group gap="xs" justify="center">
          <BadgeStatus status={status} />
          {isHidden && <Chip tone="quiet">{t('badge.isHidden')}</Chip>}
        </Group>
        <Text size="sm" ta="center" maw={300}>
          {statusReason ?? t(`badge.status.${status}`)}
        </Text>
        <Box component="dl" className={classes['facts']}>
          <Fact name={t('badge.issuer')}>
            {issuer.url === null ? issuer.name : <Anchor href={issuer.url}>{issuer.name}</Anchor>}
          </Fact>
          {awardedAt !== null && (
            <Fact name={t('badge.awarded')}>
              <time dateTime={awardedAt}>{format.date(awardedAt)}</time>
            </Fact>
          )}
          <Fact name={t('badge.validity')}>
            {expiresAt === null ? (
              t('badge.never')
            ) : (
              <time dateTime={expiresAt}>{t('badge.until', { date: format.date(expiresAt) })}</time>
            )}
          </Fact>
        </Box>
        {description !== '' && (
          <Text size="sm" c="dimmed" dir="auto">
            {description}
          </Text>
        )}
        {isHidden && (
          <Group gap={6} wrap="nowrap" c="dimmed">
            <EyeOff size={16} aria-hidden />
            <Text size="xs">{t('badge.hiddenText')}</Text>
          </Group>
        )}
      </Stack>
    </Card>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} dir="auto">
        {children}
      </Text>
    </>
  )
}
