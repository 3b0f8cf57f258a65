import { queryOptions } from '@tanstack/react-query'
import { answer, api, done, type Schema } from '../../lib/api.js'
import { refreshBackpack } from '../../lib/backpack.js'
import { queries } from '../../lib/queries.js'

export type Address = Schema<'Address'>
export type MailChoices = Schema<'MailChoices'>

export const addressesQuery = queryOptions({
  queryKey: ['addresses'],
  queryFn: () => answer(api.GET('/api/v1/me/addresses')),
})

export const mailChoicesQuery = queryOptions({
  queryKey: ['mail-choices'],
  queryFn: () => answer(api.GET('/api/v1/me/mail-choices')),
})

export async function addAddress(email: string): Promise<void> {
  keep(await answer(api.POST('/api/v1/me/addresses', { body: { email } })))
}

export function resendLink(id: string): Promise<void> {
  return done(api.POST('/api/v1/me/addresses/{id}/link', { params: { path: { id } } }))
}

export async function makePrimary(id: string): Promise<void> {
  keep(await answer(api.POST('/api/v1/me/addresses/{id}/primary', { params: { path: { id } } })))
}

export async function removeAddress(id: string): Promise<void> {
  await done(api.DELETE('/api/v1/me/addresses/{id}', { params: { path: { id } } }))
  await Promise.all([queries.invalidateQueries(addressesQuery), refreshBackpack()])
}

export function changeMail(body: Partial<MailChoices>): Promise<MailChoices> {
  return answer(api.PUT('/api/v1/me/mail-choices', { body }))
}

export function eraseAccount(email: string): Promise<void> {
  return done(api.POST('/api/v1/me/erasure', { body: { email } }))
}

function keep(addresses: Schema<'Addresses'>): void {
  queries.setQueryData(addressesQuery.queryKey, addresses)
}
