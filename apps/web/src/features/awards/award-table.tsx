import { Card, Checkbox, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { GoLink } from '../../components/go.js'
import { When } from '../../components/when.js'
import type { Award } from './award-queries.js'
import { AwardStanding } from './award-standing.js'

type Props = {
  readonly awards: readonly Award[]
  readonly base: string
  readonly chosen: ReadonlySet<string>
  /** Left out for those who may do nothing with several. */
  readonly onChoose?: ((chosen: ReadonlySet<string>) => void) | undefined
}

/** Awards, to be looked at one by one or chosen. */
export function AwardTable({ awards, base, chosen, onChoose }: Props) {
  const { t } = useTranslation('people')
  const count = awards.filter(({ id }) => chosen.has(id)).length
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={720} type="native">
        <Table aria-label={t('awards.title')}>
          <Table.Thead>
            <Table.Tr>
              {onChoose !== undefined && (
                <Table.Th w={44}>
                  <Checkbox
                    aria-label={t('awards.chooseAll')}
                    checked={count > 0 && count === awards.length}
                    indeterminate={count > 0 && count < awards.length}
                    onChange={({ currentTarget: { checked } }) =>
                      onChoose(new Set(checked ? awards.map(({ id }) => id) : []))
                    }
                  />
                </Table.Th>
              )}
              <Table.Th>{t('awards.badge')}</Table.Th>
              <Table.Th>{t('awards.learner')}</Table.Th>
              <Table.Th>{t('awards.standing')}</Table.Th>
              <Table.Th>{t('awards.awarded')}</Table.Th>
              <Table.Th>{t('awards.by')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {awards.map((award) => (
              <Row
                key={award.id}
                award={award}
                base={base}
                isChosen={chosen.has(award.id)}
                onToggle={onChoose && (() => onChoose(toggled(chosen, award.id)))}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}

type RowProps = {
  readonly award: Award
  readonly base: string
  readonly isChosen: boolean
  readonly onToggle: (() => void) | undefined
}

function Row({ award, base, isChosen, onToggle }: RowProps) {
  const { t } = useTranslation('people')
  const { id, template, learner, instance, awardedAt, source } = award
  const who = learner.name || learner.username
  return (
    <Table.Tr {...(isChosen && { bg: 'var(--rosette-accent-bg)' })}>
      {onToggle !== undefined && (
        <Table.Td>
          <Checkbox
            aria-label={t('awards.choose', { badge: template.name, learner: who })}
            checked={isChosen}
            onChange={onToggle}
          />
        </Table.Td>
      )}
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <BadgePicture templateId={template.id} size={40} />
          <div>
            <GoLink to={`${base}/awards/${id}`}>{template.name}</GoLink>
            {instance !== null && (
              <Text size="xs" c="dimmed" dir="ltr" ta="start">
                {instance}
              </Text>
            )}
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        <GoLink to={`${base}/learners/${learner.id}`}>{who}</GoLink>
        <Text size="xs" c="dimmed">
          {learner.email}
        </Text>
      </Table.Td>
      <Table.Td>
        <AwardStanding award={award} />
      </Table.Td>
      <Table.Td>
        <When at={awardedAt} />
      </Table.Td>
      <Table.Td>{t(`source.${source}`)}</Table.Td>
    </Table.Tr>
  )
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}
