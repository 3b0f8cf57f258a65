import { Button, Card, Group, RingProgress, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { CircleCheck, CircleDashed } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { format } from '../../lib/format.js'
import type { Award, Progress } from './learner-queries.js'

type SectionProps = {
  readonly title: string
  readonly none: string
  readonly children: ReactNode[]
}

/** One part of a learner's badges, as a wall of cards. */
export function BadgeWall({ title, none, children }: SectionProps) {
  return (
    <Stack gap="sm" component="section">
      <Group gap="xs" align="baseline">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed">{format.number(children.length)}</Text>
      </Group>
      {children.length === 0 ? (
        <Text c="dimmed">{none}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>{children}</SimpleGrid>
      )}
    </Stack>
  )
}

type AwardProps = {
  readonly award: Award
  readonly base: string
  /** Where it was issued, and how far that is. */
  readonly place?: { readonly name: string; readonly state: ReactNode } | undefined
  readonly onWhy: () => void
}

export function EarnedCard({ award, base, place, onWhy }: AwardProps) {
  const { t } = useTranslation('people')
  const { template, expired, awardedAt, expiresAt, source, instance } = award
  return (
    <Card component="article">
      <Stack gap="sm" h="100%" justify="space-between">
        <Group align="flex-start" wrap="nowrap">
          <BadgePicture templateId={template.id} size={72} />
          <Stack gap={4} miw={0}>
            <Title order={3} size="h5">
              <GoLink to={`${base}/awards/${award.id}`}>{template.name}</GoLink>
            </Title>
            {instance !== null && (
              <Text size="xs" c="dimmed" dir="ltr" ta="start">
                {instance}
              </Text>
            )}
            <Text size="sm">{t(`card.by.${source}`, { date: format.date(awardedAt) })}</Text>
            {place !== undefined && (
              <Text size="sm" c="dimmed">
                {place.name}
              </Text>
            )}
            {expiresAt !== null && (
              <Text size="sm" c="dimmed">
                {t(expired ? 'card.ended' : 'card.ends', { date: format.date(expiresAt) })}
              </Text>
            )}
          </Stack>
        </Group>
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            {expired && <Chip tone="warn">{t('standing.expired')}</Chip>}
            {place?.state ?? (!expired && <Chip tone="good">{t('standing.in-force')}</Chip>)}
          </Group>
          <WhyButton name={template.name} onWhy={onWhy} />
        </Group>
      </Stack>
    </Card>
  )
}

export function LostCard({ award, base, onWhy }: AwardProps) {
  const { t } = useTranslation('people')
  const { template, revokedAt, revokedBy, revocationReason } = award
  return (
    <Card component="article">
      <Stack gap="sm" h="100%" justify="space-between">
        <Group align="flex-start" wrap="nowrap">
          <BadgePicture templateId={template.id} size={56} />
          <Stack gap={4} miw={0}>
            <Title order={3} size="h5">
              <GoLink to={`${base}/awards/${award.id}`}>{template.name}</GoLink>
            </Title>
            <Text size="sm">
              {t(`card.lost.${revokedBy ?? 'rules'}`, {
                date: format.date(revokedAt ?? award.awardedAt),
              })}
            </Text>
            {revocationReason !== null && (
              <Text size="sm" c="dimmed">
                {t('card.reason', { reason: revocationReason })}
              </Text>
            )}
          </Stack>
        </Group>
        <Group justify="space-between">
          <Chip tone="bad">{t('standing.revoked')}</Chip>
          <WhyButton name={template.name} onWhy={onWhy} />
        </Group>
      </Stack>
    </Card>
  )
}

function WhyButton({ name, onWhy }: { name: string; onWhy: () => void }) {
  const { t } = useTranslation('people')
  return (
    <Button variant="default" size="xs" onClick={onWhy} aria-label={t('why.of', { name })}>
      {t('why.button')}
    </Button>
  )
}

/** A badge on the way: how far, and each group with a tick or what is missing. */
export function WayCard({ progress, base }: { progress: Progress; base: string }) {
  const { t } = useTranslation('people')
  const { template, instance, ratio, groups } = progress
  const done = groups.filter(({ fulfilled }) => fulfilled).length
  return (
    <Card component="article">
      <Group align="flex-start" wrap="nowrap">
        <RingProgress
          size={84}
          thickness={7}
          roundCaps
          aria-label={t('card.ratio', { done, all: groups.length, name: template.name })}
          role="img"
          sections={[{ value: ratio * 100, color: 'var(--rosette-accent)' }]}
          label={
            <Group justify="center">
              <BadgePicture templateId={template.id} size={48} />
            </Group>
          }
        />
        <Stack gap={6} miw={0} flex={1}>
          <Title order={3} size="h5">
            <GoLink to={`${base}/badges/${template.id}`}>{template.name}</GoLink>
          </Title>
          {instance !== null && (
            <Text size="xs" c="dimmed" dir="ltr" ta="start">
              {instance}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t('card.steps', {
              done: format.number(done),
              all: format.number(groups.length),
              count: groups.length,
            })}
          </Text>
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {groups.map((group) => (
              <GroupLine key={group.group} group={group} />
            ))}
          </Stack>
        </Stack>
      </Group>
    </Card>
  )
}

function GroupLine({ group }: { group: Progress['groups'][number] }) {
  const { t } = useTranslation('people')
  const { fulfilled, requirements } = group
  const names = (of: typeof requirements) => of.map(({ description, id }) => description ?? id)
  const done = requirements.find((one) => one.fulfilled)
  const Icon = fulfilled ? CircleCheck : CircleDashed
  return (
    <Group component="li" gap={6} wrap="nowrap" align="flex-start">
      <Icon
        size={16}
        aria-hidden
        color={fulfilled ? 'var(--rosette-good)' : 'var(--rosette-quiet)'}
        style={{ flex: 'none', marginBlockStart: 3 }}
      />
      <Text size="sm">
        {fulfilled
          ? t('card.done', {
              what: format.list(names(requirements.filter((one) => one.fulfilled))),
              date: format.date(done?.since ?? new Date()),
            })
          : t('card.missing', { what: format.list(names(requirements), 'disjunction') })}
      </Text>
    </Group>
  )
}
