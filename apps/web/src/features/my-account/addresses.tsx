import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { Await, Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { faultAt } from '../../lib/problem.js'
import { addAddress, addressesQuery } from './account-queries.js'
import { AddressRow } from './address-row.js'

/** All addresses under which badges may come, so that none is lost for an address. */
export function Addresses() {
  const { t } = useTranslation('backpack')
  const addresses = useQuery(addressesQuery)
  return (
    <Section id="addresses" title={t('addresses.title')} about={t('addresses.about')}>
      <Await query={addresses}>
        {({ items }) => (
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
            {items.map((address) => (
              <AddressRow key={address.id} address={address} />
            ))}
          </Stack>
        )}
      </Await>
      <AddForm />
      <Text size="sm" c="dimmed">
        {t('addresses.joined')}
      </Text>
    </Section>
  )
}

function AddForm() {
  const { t } = useTranslation('backpack')
  const [email, setEmail] = useState('')
  const add = useMutation({
    mutationFn: () => addAddress(email),
    onSuccess: () => {
      tellDone(t('addresses.sent', { email }))
      setEmail('')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate()
  }
  const fault = faultAt(add.error, 'email')
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        {add.isError && fault === undefined && <Problem error={add.error} />}
        <Group align="flex-end" gap="xs">
          <TextInput
            flex={1}
            miw={200}
            label={t('addresses.new')}
            type="email"
            autoComplete="email"
            dir="ltr"
            required
            withAsterisk={false}
            value={email}
            error={fault}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            {t('addresses.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
