import { Anchor, Box, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip, type Tone } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { format } from '../../lib/format.js'
import type { AwardDetail } from './award-queries.js'

type Props = { readonly award: AwardDetail; readonly base: string }

/** The award in the middle: what, whose, when, on what grounds, and where it can be seen. */
export function AwardFacts({ award, base }: Props) {
  const { t } = useTranslation('people')
  const { template, learner, awardedAt, expiresAt, revokedAt, source, evidence, narrative } = award
  return (
    <Card>
      <Group align="flex-start" gap="xl">
        <BadgePicture templateId={template.id} size={128} />
        <Stack flex={1} miw={220} gap="md">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <Fact label={t('awards.badge')}>
              <GoLink to={`${base}/badges/${template.id}`}>{template.name}</GoLink>
            </Fact>
            <Fact label={t('awards.learner')}>
              <GoLink to={`${base}/learners/${learner.id}`}>
                {learner.name || learner.username}
              </GoLink>
              <Text size="xs" c="dimmed">
                {learner.email}
              </Text>
            </Fact>
            <Fact label={t('awards.awarded')}>{format.dateTime(awardedAt)}</Fact>
            <Fact label={t('awards.by')}>{t(`source.${source}`)}</Fact>
            <Fact label={t('award.expires')}>
              {expiresAt === null ? t('award.never') : format.dateTime(expiresAt)}
            </Fact>
            {revokedAt !== null && (
              <Fact label={t('award.revoked')}>
                {format.dateTime(revokedAt)}
                {award.revocationReason !== null && <Text size="sm">{award.revocationReason}</Text>}
              </Fact>
            )}
          </SimpleGrid>
          {narrative !== null && <Fact label={t('grant.narrative')}>{narrative}</Fact>}
          {evidence.length > 0 && <Evidence evidence={evidence} />}
          <Group gap="md">
            <Anchor href={award.publicUrl} target="_blank" rel="noreferrer">
              {t('award.public')} <ExternalLink size={14} aria-hidden />
            </Anchor>
            <Anchor href={`${award.publicUrl}/verification`} target="_blank" rel="noreferrer">
              {t('award.verify')} <ExternalLink size={14} aria-hidden />
            </Anchor>
          </Group>
        </Stack>
      </Group>
    </Card>
  )
}

function Evidence({ evidence }: Pick<AwardDetail, 'evidence'>) {
  const { t } = useTranslation('people')
  return (
    <Fact label={t('award.evidence')}>
      <Stack gap={2} component="ul" m={0} ps="md">
        {evidence.map(({ url, name, narrative }) => (
          <li key={`${url} ${name} ${narrative}`}>
            {url === undefined ? (
              name
            ) : (
              <Anchor href={url} target="_blank" rel="noreferrer">
                {name ?? url}
              </Anchor>
            )}
            {narrative !== undefined && <Text size="sm">{narrative}</Text>}
          </li>
        ))}
      </Stack>
    </Fact>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div">{children}</Text>
    </Box>
  )
}

const tones: Readonly<Record<AwardDetail['issuances'][number]['state'], Tone>> = {
  queued: 'waiting',
  issuing: 'waiting',
  issued: 'good',
  failed: 'warn',
  stopped: 'bad',
  revoking: 'waiting',
  revoked: 'quiet',
}

/** Where it was issued, and what is in the way. */
export function AwardPlaces({ award, base }: Props) {
  const { t } = useTranslation('people')
  return (
    <Card component="section">
      <Title order={2} size="h4" mb="sm">
        {t('award.issuing')}
      </Title>
      <Stack gap="md">
        {award.issuances.map((issuance) => (
          <Stack key={issuance.id} gap={4}>
            <Group gap="sm">
              <Text fw={600}>{issuance.account?.name ?? t('issuances.own')}</Text>
              <Chip tone={tones[issuance.state]}>{t(`state.${issuance.state}`)}</Chip>
            </Group>
            {issuance.lastError !== null && <Text size="sm">{issuance.lastError}</Text>}
            {issuance.remedy !== null && (
              <Text size="sm" c="dimmed">
                {issuance.remedy}
              </Text>
            )}
            <GoLink to={`${base}/issuances/${issuance.id}`}>{t('award.issuance')}</GoLink>
          </Stack>
        ))}
      </Stack>
    </Card>
  )
}
