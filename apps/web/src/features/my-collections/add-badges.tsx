import { Button, Group, Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { More } from '../../components/more.js'
import { Await } from '../../components/states.js'
import { type BackpackBadge, pictureOf, wallQuery } from '../../lib/backpack.js'

type Props = {
  readonly has: readonly string[]
  readonly onAdd: (badge: BackpackBadge) => void
}

/** Chooses among one's own badges; each goes to the end. */
export function AddBadges(props: Props) {
  const { t } = useTranslation(['backpack', 'common'])
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={() => setOpen(true)}>
        {t('collection.add')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('collection.add')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Choices {...props} />
      </Modal>
    </>
  )
}

function Choices({ has, onAdd }: Props) {
  const { t } = useTranslation('backpack')
  const pages = useInfiniteQuery(wallQuery({ show: 'all' }))
  const badges = pages.data?.pages.flatMap(({ items }) => items) ?? []
  const others = badges.filter(({ id }) => !has.includes(id))
  return (
    <Await
      query={pages}
      isEmpty={() => others.length === 0}
      empty={<Text c="dimmed">{t('collection.allIn')}</Text>}
    >
      {() => (
        <Stack gap="xs">
          <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: 'none' }}>
            {others.map((badge) => (
              <li key={badge.id}>
                <UnstyledButton w="100%" p={6} onClick={() => onAdd(badge)}>
                  <Group gap="sm" wrap="nowrap">
                    <Picture src={pictureOf(badge)} size={44} />
                    <div>
                      <Text size="sm" fw={600} dir="auto">
                        {badge.name}
                      </Text>
                      <Text size="xs" c="dimmed" dir="auto">
                        {badge.issuer.name}
                      </Text>
                    </div>
                  </Group>
                </UnstyledButton>
              </li>
            ))}
          </Stack>
          <More pages={pages} />
        </Stack>
      )}
    </Await>
  )
}
