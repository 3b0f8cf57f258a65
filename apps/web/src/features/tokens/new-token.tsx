import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Copyable } from '../../components/copyable.js'
import { Problem } from '../../components/states.js'
import { queries } from '../../lib/queries.js'
import { createToken, isPurpose, type Purpose, purposes } from './token-queries.js'

type Props = {
  readonly organizationId: string
  /** Whether tokens may be made that reach beyond the organization. */
  readonly isForPlatform: boolean
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Makes a token and shows it, this once. */
export function NewToken({ isOpen, onClose, ...props }: Props) {
  const { t } = useTranslation(['account', 'common'])
  const [token, setToken] = useState<string>()
  const close = () => {
    setToken(undefined)
    onClose()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('tokens.new')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {token === undefined ? (
        <Form {...props} onMade={setToken} />
      ) : (
        <Stack>
          <Text>{t('tokens.once')}</Text>
          <Copyable text={token} label={t('tokens.token')} />
          <Group justify="flex-end">
            <Button onClick={close}>{t('tokens.kept')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

type FormProps = Pick<Props, 'organizationId' | 'isForPlatform'> & {
  readonly onMade: (token: string) => void
}

const lifetimes = ['30', '90', '365', 'never'] as const

function Form({ organizationId, isForPlatform, onMade }: FormProps) {
  const { t } = useTranslation(['account', 'common'])
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState<Purpose>('editor')
  const [lifetime, setLifetime] = useState<string>('90')
  const make = useMutation({
    mutationFn: () =>
      createToken({
        name,
        purpose,
        organizationId,
        days: lifetime === 'never' ? null : Number(lifetime),
      }),
    onSuccess: async ({ token }) => {
      onMade(token)
      await queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  const offered = Object.entries(purposes).filter(
    ([, { of }]) => isForPlatform || of === 'organization',
  )
  return (
    <form onSubmit={submit}>
      <Stack>
        {make.isError && <Problem error={make.error} />}
        <TextInput
          label={t('tokens.name')}
          description={t('tokens.nameAbout')}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group
          label={t('tokens.purpose')}
          value={purpose}
          onChange={(value) => isPurpose(value) && setPurpose(value)}
        >
          <Stack gap="xs" mt="xs">
            {offered.map(([key]) => (
              <Radio
                key={key}
                value={key}
                label={isPurpose(key) ? t(`tokens.purposes.${key}`) : key}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Select
          label={t('tokens.lifetime')}
          allowDeselect={false}
          value={lifetime}
          onChange={(value) => setLifetime(value ?? '90')}
          data={lifetimes.map((value) => ({ value, label: t(`tokens.lifetimes.${value}`) }))}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            {t('tokens.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
