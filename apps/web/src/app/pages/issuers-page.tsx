import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { OutsideLink, Page } from '../../components/page.js'
import { Await, Empty } from '../../components/states.js'
import { IssuerForm } from '../../features/issuers/issuer-form.js'
import { type Issuer, issuersQuery } from '../../features/issuers/issuer-queries.js'
import { useMay, useOrganization } from '../../lib/session.js'

export function IssuersPage() {
  const { t } = useTranslation('operations')
  const { id, slug } = useOrganization()
  const may = useMay()
  const [isAdding, setAdding] = useState(false)
  const issuers = useQuery(issuersQuery(id))
  const add = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('issuers.add')}
    </Button>
  )
  const mayAdd = may('issuer:edit')
  return (
    <Page title={t('issuers.title')} about={t('issuers.about')} {...(mayAdd && { actions: add })}>
      <Await
        query={issuers}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty title={t('issuers.none')} {...(mayAdd && { action: add })}>
            {t('issuers.noneText')}
          </Empty>
        }
      >
        {({ items }) => (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {items.map((issuer) => (
              <IssuerCard key={issuer.id} issuer={issuer} slug={slug} />
            ))}
          </SimpleGrid>
        )}
      </Await>
      <IssuerForm organizationId={id} isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  )
}

function IssuerCard({ issuer, slug }: { issuer: Issuer; slug: string }) {
  const { t } = useTranslation('operations')
  const used = issuer.keys.filter(({ retiredAt, revokedAt }) => !retiredAt && !revokedAt)
  const isStolen = issuer.keys.some(({ revokedAt }) => revokedAt !== null)
  return (
    <Card component="article">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h5">
          <GoLink to={`/o/${slug}/issuers/${issuer.id}`}>{issuer.name}</GoLink>
        </Title>
        <Text size="sm">
          <OutsideLink href={issuer.url}>{issuer.url}</OutsideLink>
        </Text>
        {issuer.description !== null && (
          <Text size="sm" c="dimmed" lineClamp={3}>
            {issuer.description}
          </Text>
        )}
        <Group gap="xs">
          <Chip tone={used.length > 0 ? 'good' : 'quiet'}>
            {t('issuers.keys', { count: used.length })}
          </Chip>
          {isStolen && <Chip tone="bad">{t('issuers.stolen')}</Chip>}
        </Group>
      </Stack>
    </Card>
  )
}
