import { Button, Card, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly count: number
  /** Whether there are more behind the filters than can be chosen here. */
  readonly isAll: boolean
  readonly onAll: (() => void) | undefined
  readonly onNone: () => void
  readonly onRevoke: (() => void) | undefined
  readonly onReissue: (() => void) | undefined
}

/** What can be done with the chosen awards; it stays in sight while the table is scrolled. */
export function BulkBar({ count, isAll, onAll, onNone, onRevoke, onReissue }: Props) {
  const { t } = useTranslation('people')
  return (
    <Card
      py="sm"
      role="region"
      aria-label={t('bulk.label')}
      style={{
        position: 'sticky',
        insetBlockEnd: 12,
        zIndex: 2,
        boxShadow: 'var(--mantine-shadow-md)',
      }}
    >
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Text fw={600} role="status">
            {isAll ? t('bulk.all') : t('bulk.chosen', { count })}
          </Text>
          {!isAll && onAll !== undefined && (
            <Button variant="subtle" size="compact-sm" c="var(--rosette-accent)" onClick={onAll}>
              {t('bulk.chooseAll')}
            </Button>
          )}
          <Button variant="subtle" size="compact-sm" c="var(--rosette-accent)" onClick={onNone}>
            {t('bulk.none')}
          </Button>
        </Group>
        <Group gap="xs">
          {onReissue !== undefined && (
            <Button variant="default" size="sm" onClick={onReissue}>
              {t('bulk.reissue')}
            </Button>
          )}
          {onRevoke !== undefined && (
            <Button color="red.9" size="sm" onClick={onRevoke}>
              {t('bulk.revoke')}
            </Button>
          )}
        </Group>
      </Group>
    </Card>
  )
}
