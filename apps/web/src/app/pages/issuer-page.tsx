import { Button, Card, Code, Grid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { OutsideLink, Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { EndorsementList } from '../../features/issuers/endorsement-list.js'
import { IssuerForm } from '../../features/issuers/issuer-form.js'
import { type Issuer, issuerQuery } from '../../features/issuers/issuer-queries.js'
import { KeyList } from '../../features/issuers/key-list.js'
import { ReissueList } from '../../features/issuers/reissue-list.js'
import { useMay, useOrganization } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/issuers/$issuer')

export function IssuerPage() {
  const { t } = useTranslation(['operations', 'common'])
  const { id: organizationId, slug } = useOrganization()
  const may = useMay()
  const { issuer: id } = route.useParams()
  const [isEditing, setEditing] = useState(false)
  const issuer = useQuery(issuerQuery(id))
  return (
    <Page
      title={issuer.data?.name ?? t('issuers.one')}
      trail={[
        <GoLink key="list" to={`/o/${slug}/issuers`}>
          {t('issuers.title')}
        </GoLink>,
      ]}
      {...(issuer.data !== undefined &&
        may('issuer:edit') && {
          actions: (
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('common:edit')}
            </Button>
          ),
        })}
    >
      <Await query={issuer}>
        {(found) => (
          <>
            <Parts issuer={found} />
            <IssuerForm
              key={`${found.name} ${found.url} ${found.email} ${found.description}`}
              organizationId={organizationId}
              issuer={found}
              isOpen={isEditing}
              onClose={() => setEditing(false)}
            />
          </>
        )}
      </Await>
    </Page>
  )
}

function Parts({ issuer }: { issuer: Issuer }) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md">
          <KeyList issuer={issuer} />
          <EndorsementList issuer={issuer} side="given" />
          <EndorsementList issuer={issuer} side="received" />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <Facts issuer={issuer} />
          <ReissueList issuer={issuer} />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}

function Facts({ issuer: { url, email, description, identifier } }: { issuer: Issuer }) {
  const { t } = useTranslation(['operations', 'common'])
  return (
    <Card component="section" aria-labelledby="issuer-facts">
      <Title order={2} size="h5" id="issuer-facts" mb="xs">
        {t('issuers.published')}
      </Title>
      <Stack component="dl" gap="xs" m={0}>
        <Fact term={t('issuers.url')}>
          <OutsideLink href={url}>{url}</OutsideLink>
        </Fact>
        <Fact term={t('issuers.email')}>{email ?? t('common:none')}</Fact>
        {description !== null && <Fact term={t('issuers.description')}>{description}</Fact>}
        <Fact term={t('issuers.identifier')}>
          <Code dir="ltr">{identifier}</Code>
        </Fact>
      </Stack>
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
