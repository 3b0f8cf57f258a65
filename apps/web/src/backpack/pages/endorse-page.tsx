import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { Await } from '../../components/states.js'
import { Endorse } from '../../features/endorse/endorse.js'
import { askedQuery } from '../../features/endorse/endorse-queries.js'
import { secretOfLink } from '../../lib/secret-of-link.js'

/** Open to whoever has the link of the letter. */
export function EndorsePage() {
  const { t } = useTranslation('backpack')
  const [secret] = useState(secretOfLink)
  const asked = useQuery(askedQuery(secret))
  const about = asked.data && t('endorse.about', { name: asked.data.learnerName })
  return (
    <DoorFrame title={t('endorse.title')} about={about}>
      {secret === '' ? (
        <Text>{t('endorse.notWhole')}</Text>
      ) : (
        <Await query={asked}>{(found) => <Endorse secret={secret} asked={found} />}</Await>
      )}
    </DoorFrame>
  )
}
