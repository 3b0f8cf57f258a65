import { Anchor, Card, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { When } from '../../components/when.js'
import { type BadgeTemplate, pictureVersion } from '../../lib/badge-templates.js'
import { format } from '../../lib/format.js'
import { StateChip } from './state-chip.js'

type Props = {
  readonly organization: string
  readonly templates: readonly BadgeTemplate[]
  readonly actions: (template: BadgeTemplate) => ReactNode
}

/** Badges one below the other, to be compared. */
export function BadgeTable({ organization, templates, actions }: Props) {
  const { t } = useTranslation('badges')
  return (
    <Card padding={0}>
      <Table.ScrollContainer minWidth={760}>
        <Table aria-label={t('title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.badge')}</Table.Th>
              <Table.Th>{t('column.state')}</Table.Th>
              <Table.Th ta="end">{t('column.holders')}</Table.Th>
              <Table.Th>{t('column.target')}</Table.Th>
              <Table.Th>{t('column.changed')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('actions.label')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {templates.map((template) => (
              <Row key={template.id} {...{ organization, template, actions }} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}

type RowProps = Omit<Props, 'templates'> & { readonly template: BadgeTemplate }

function Row({ organization, template, actions }: RowProps) {
  const { t } = useTranslation('badges')
  const { issuing } = template
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <BadgePicture templateId={template.id} version={pictureVersion(template)} size={44} />
          <div>
            <Anchor
              fw={600}
              renderRoot={(props) => (
                <Link
                  to="/o/$organization/badges/$templateId"
                  params={{ organization, templateId: template.id }}
                  {...props}
                />
              )}
            >
              {template.name}
            </Anchor>
            {template.tags.length > 0 && (
              <Text size="xs" c="dimmed">
                {format.list(template.tags)}
              </Text>
            )}
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        <StateChip template={template} />
      </Table.Td>
      <Table.Td ta="end">{format.number(template.awarded)}</Table.Td>
      <Table.Td>{issuing.target === 'native' ? t('target.native') : issuing.accountName}</Table.Td>
      <Table.Td>
        <When at={template.updatedAt} />
      </Table.Td>
      <Table.Td>{actions(template)}</Table.Td>
    </Table.Tr>
  )
}
