import { Button, Code, Table, Text, VisuallyHidden } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { tellDone } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { answer, api } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import type { Token } from './token-queries.js'

/** Tokens with what they may do, and until when. */
export function TokenTable({ tokens, label }: { tokens: readonly Token[]; label: string }) {
  const { t } = useTranslation(['account', 'common'])
  const [leaving, setLeaving] = useState<Token>()
  const revoke = useMutation({
    mutationFn: ({ id }: Token) =>
      answer(api.POST('/api/v1/tokens/{id}/revocation', { params: { path: { id } } })),
    onSuccess: async ({ name }) => {
      setLeaving(undefined)
      tellDone(t('tokens.revoked', { name }))
      await queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  return (
    <>
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ tabIndex: 0 }}>
        <Table aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('tokens.name')}</Table.Th>
              <Table.Th>{t('tokens.purpose')}</Table.Th>
              <Table.Th>{t('tokens.state')}</Table.Th>
              <Table.Th>{t('tokens.used')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('tokens.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tokens.map((token) => (
              <Row key={token.id} token={token} onRevoke={() => setLeaving(token)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Confirm
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('tokens.revokeTitle', { name: leaving?.name ?? '' })}
        confirm={t('tokens.revoke')}
        isDangerous
        isBusy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => leaving !== undefined && revoke.mutate(leaving)}
      >
        {t('tokens.revokeText')}
      </Confirm>
    </>
  )
}

function Row({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTranslation(['account', 'common'])
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500} size="sm">
          {token.name}
        </Text>
        {token.hint !== null && <Code dir="ltr">{token.hint}…</Code>}
      </Table.Td>
      <Table.Td>
        <Allowed permissions={token.permissions} />
      </Table.Td>
      <Table.Td>
        <State token={token} />
      </Table.Td>
      <Table.Td>
        {token.lastUsedAt === null ? t('common:never') : <When at={token.lastUsedAt} />}
      </Table.Td>
      <Table.Td ta="end">
        {token.revokedAt === null && (
          <Button
            size="xs"
            variant="default"
            onClick={onRevoke}
            aria-label={t('tokens.revokeTitle', { name: token.name })}
          >
            {t('tokens.revoke')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function State({ token: { expiresAt, revokedAt } }: { token: Token }) {
  const { t } = useTranslation(['account', 'common'])
  if (revokedAt !== null) return <Chip tone="bad">{t('tokens.isRevoked')}</Chip>
  if (expiresAt === null) return <Chip tone="good">{t('tokens.forever')}</Chip>
  const days = (new Date(expiresAt).getTime() - Date.now()) / 86_400_000
  if (days < 0) return <Chip tone="quiet">{t('tokens.ended')}</Chip>
  return (
    <Chip tone={days < 14 ? 'warn' : 'good'}>
      {t('tokens.ends')} <When at={expiresAt} />
    </Chip>
  )
}

function Allowed({ permissions }: { permissions: Token['permissions'] }) {
  const { t } = useTranslation(['account', 'common'])
  if (permissions === null) return t('tokens.everything')
  return (
    <details>
      <summary>{t('tokens.allowed', { count: permissions.length })}</summary>
      <Text size="xs" c="dimmed" dir="ltr">
        {[...permissions].sort().join(', ')}
      </Text>
    </details>
  )
}
