import { Alert, Button, Grid, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { type Draft, toDraft, toMap, withLink } from './draft.js'
import { MapForm } from './map-form.js'
import { PathwayMap } from './pathway-map.js'
import { type Pathway, updatePathway } from './pathway-queries.js'

type Props = { readonly pathway: Pathway; readonly onClose: () => void }

/** The map in the middle, and beside it the form that does the same without a pointer. */
export function MapEditor({ pathway, onClose }: Props) {
  const { t } = useTranslation('insights')
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => toDraft(pathway))
  const [chosen, setChosen] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: () => updatePathway(pathway.id, toMap(draft)),
    onSuccess: async (saved) => {
      queries.setQueryData(['pathway', pathway.id], saved)
      await queries.invalidateQueries({ queryKey: ['pathway', pathway.id, 'distribution'] })
      await queries.invalidateQueries({ queryKey: ['pathways', pathway.organizationId] })
      tellDone(t('pathway.saved'))
      onClose()
    },
  })
  const press = (id: string) => {
    if (chosen === null || chosen === id) return setChosen(chosen === id ? null : id)
    setDraft(withLink(draft, chosen, id))
    setChosen(null)
  }
  const name = draft.badges.find(({ id }) => id === chosen)?.name
  const isChanged = JSON.stringify(toMap(draft)) !== JSON.stringify(toMap(toDraft(pathway)))
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text role="status" size="sm" c="dimmed">
          {isChanged ? t('pathway.unsaved') : ''}
        </Text>
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {isChanged ? t('pathway.discard') : t('back', { ns: 'common' })}
          </Button>
          <Button loading={save.isPending} disabled={!isChanged} onClick={() => save.mutate()}>
            {t('pathway.done')}
          </Button>
        </Group>
      </Group>
      {save.error !== null && <Problem error={save.error} />}
      {name !== undefined && (
        <Alert variant="light" color="rosette" role="status">
          {t('pathway.chosen', { name })}
        </Alert>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {draft.badges.length === 0 ? (
            <Text c="dimmed">{t('pathway.emptyText')}</Text>
          ) : (
            <PathwayMap
              label={t('pathway.mapLabel', { name: pathway.name })}
              map={draft}
              choosing={{ chosen, onPress: press }}
            />
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <MapForm organizationId={pathway.organizationId} draft={draft} onChange={setDraft} />
        </Grid.Col>
      </Grid>
    </Stack>
  )
}
