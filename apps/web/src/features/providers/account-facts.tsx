import {
  Button,
  Card,
  Code,
  Group,
  Modal,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { GoLink } from '../../components/go.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { faultAt } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { type Account, changeAccount, removeAccount } from './provider-queries.js'
import { syncWords } from './sync-words.js'

type Props = { readonly account: Account; readonly slug: string; readonly onRemoved: () => void }

/** What is known of an account, its name and limit to change, and the way to be rid of it. */
export function AccountFacts({ account, slug, onRemoved }: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const may = useMay()
  const [asked, setAsked] = useState<'edit' | 'remove'>()
  const { externalId, apiBaseUrl, requestsPerMinute, syncedAt, syncSummary, syncError } = account
  const isFixed = account.keyKind === 'settings'
  const stuck = (account.issuances.failed ?? 0) + (account.issuances.stopped ?? 0)
  return (
    <Card component="section" aria-labelledby="account-facts">
      <Title order={2} size="h5" id="account-facts" mb="xs">
        {t('providers.facts')}
      </Title>
      <Stack component="dl" gap="xs" m={0}>
        <Fact term={t('providers.issued')}>
          {format.number(account.issuances.issued ?? 0)}{' '}
          <GoLink to={`/o/${slug}/issuances?accountId=${account.id}`}>
            {stuck > 0 ? t('providers.stuck', { count: stuck }) : t('providers.seeIssuances')}
          </GoLink>
        </Fact>
        <Fact term={t('providers.templatesRead')}>
          {syncedAt === null ? t('common:never') : <When at={syncedAt} />}
          {syncSummary !== null && <Text size="sm">{syncWords(t, syncSummary, format.list)}</Text>}
          {syncError !== null && (
            <Text size="sm" c="var(--rosette-bad)">
              {syncError}
            </Text>
          )}
        </Fact>
        {externalId !== null && (
          <Fact term={t('providers.idThere')}>
            <Code dir="ltr">{externalId}</Code>
          </Fact>
        )}
        <Fact term={t('providers.address')}>
          {apiBaseUrl === null ? t('providers.usualAddress') : <Code dir="ltr">{apiBaseUrl}</Code>}
        </Fact>
        <Fact term={t('providers.limit')}>
          {t('providers.perMinute', {
            count: requestsPerMinute ?? account.capabilities.requestsPerMinute,
          })}
        </Fact>
      </Stack>
      {may('account:edit') && (
        <Group gap="xs" mt="md">
          <Button size="xs" variant="default" onClick={() => setAsked('edit')}>
            {t('common:edit')}
          </Button>
          {!isFixed && (
            <Button size="xs" variant="default" onClick={() => setAsked('remove')}>
              {t('common:remove')}
            </Button>
          )}
        </Group>
      )}
      <Edit account={account} isOpen={asked === 'edit'} onClose={() => setAsked(undefined)} />
      <Removal
        account={account}
        isOpen={asked === 'remove'}
        onClose={() => setAsked(undefined)}
        onRemoved={onRemoved}
      />
    </Card>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {term}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  )
}

type AskedProps = {
  readonly account: Account
  readonly isOpen: boolean
  readonly onClose: () => void
}

function Edit({ account, isOpen, onClose }: AskedProps) {
  const { t } = useTranslation(['operations', 'common'])
  const [name, setName] = useState(account.name)
  const [limit, setLimit] = useState<number | string>(account.requestsPerMinute ?? '')
  const isFixed = account.keyKind === 'settings'
  const save = useMutation({
    mutationFn: () =>
      changeAccount(account.id, {
        ...(name !== account.name && { name }),
        requestsPerMinute: typeof limit === 'number' ? limit : null,
      }),
    onSuccess: async () => {
      onClose()
      tellDone(t('common:saved'))
      await queries.invalidateQueries({ queryKey: ['provider-accounts'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('providers.editTitle', { name: account.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {save.isError && <Problem error={save.error} />}
          <TextInput
            label={t('providers.name')}
            description={t('providers.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={faultAt(save.error, 'name')}
            required
            withAsterisk={false}
            disabled={isFixed}
          />
          <NumberInput
            label={t('providers.limit')}
            description={t('providers.limitHint')}
            min={10}
            max={100_000}
            value={limit}
            onChange={setLimit}
            error={faultAt(save.error, 'requestsPerMinute')}
            hideControls
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Removal({ account, isOpen, onClose, onRemoved }: AskedProps & Pick<Props, 'onRemoved'>) {
  const { t } = useTranslation(['operations', 'common'])
  const remove = useMutation({
    mutationFn: () => removeAccount(account.id),
    onSuccess: async () => {
      tellDone(t('providers.removed', { name: account.name }))
      onRemoved()
      await queries.invalidateQueries({ queryKey: ['provider-accounts'], refetchType: 'none' })
    },
  })
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('providers.removeTitle', { name: account.name })}
      confirm={t('common:remove')}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      {t('providers.removeText')}
    </Confirm>
  )
}
