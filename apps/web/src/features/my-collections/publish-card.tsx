import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Globe, Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AsStrangersSeeIt, EmbedCode } from '../../components/as-strangers-see-it.js'
import { Copyable } from '../../components/copyable.js'
import { Section } from '../../components/section.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { type Collection, updateCollection } from '../../lib/collections.js'

/** A page for others at a link that nobody can guess. */
export function PublishCard({ collection }: { readonly collection: Collection }) {
  const { t } = useTranslation('backpack')
  const { id, isPublished, publicUrl, embedCode } = collection
  const publish = useMutation({
    mutationFn: (publishes: boolean) => updateCollection(id, { isPublished: publishes }),
    onSuccess: (_, publishes) => tellDone(t(publishes ? 'publish.done' : 'publish.ended')),
    onError: tellProblem,
  })
  return (
    <Section
      title={t('publish.title')}
      about={t(isPublished ? 'publish.isPublished' : 'publish.about')}
    >
      {publicUrl !== null && (
        <Stack gap="sm">
          <Copyable text={publicUrl} label={t('publish.link')} />
          <AsStrangersSeeIt url={publicUrl} />
        </Stack>
      )}
      {embedCode !== null && <EmbedCode code={embedCode} />}
      <Group>
        <Button
          {...(isPublished && { variant: 'default' })}
          loading={publish.isPending}
          leftSection={
            isPublished ? <Lock size={16} aria-hidden /> : <Globe size={16} aria-hidden />
          }
          onClick={() => publish.mutate(!isPublished)}
        >
          {t(isPublished ? 'publish.undo' : 'publish.do')}
        </Button>
      </Group>
    </Section>
  )
}
