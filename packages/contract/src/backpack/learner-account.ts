import { z } from 'zod'
import { id, idParams, instant, problems, signedIn } from '../common.js'
import { email, session } from '../session.js'

const route = { tags: ['backpack account'], security: signedIn }
const openRoute = { tags: ['backpack account'], security: [] }
const secret = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'What stands behind the # of the link' })

export const requestSignInLink = {
  ...openRoute,
  summary: 'Ask for a link by mail with which one signs in, or signs up',
  description: 'The answer is the same whether the address is known or not.',
  body: z
    .strictObject({
      email,
      language: z.string().max(35).optional(),
      to: z.string().max(500).optional().meta({ description: 'A path of the site to go to then' }),
    })
    .meta({ id: 'SignInLinkRequest' }),
  response: {
    202: z
      .object({ hasMail: z.boolean(), message: z.string() })
      .meta({ id: 'SignInLinkRequested' }),
    ...problems('too-many-requests'),
  },
}

export const useSignInLink = {
  ...openRoute,
  summary: 'Sign in with a link that came by mail; the first time makes the account',
  description:
    'Links of a letter about a new badge work like this, too. Whoever uses one reads the mail of its address, so badges for it are theirs.',
  body: z.strictObject({ secret }).meta({ id: 'SignInLinkUse' }),
  response: {
    200: z
      .object({ session, to: z.string().nullable(), isNewAccount: z.boolean() })
      .meta({ id: 'SignedInByLink' }),
    ...problems('link-refused', 'user-disabled', 'too-many-requests'),
  },
}

export const address = z
  .object({
    id,
    email: z.string(),
    isPrimary: z.boolean(),
    isConfirmed: z.boolean(),
    addedAt: instant,
    badges: z.int().nonnegative().meta({ description: 'Awards and imported badges for it' }),
  })
  .meta({ id: 'Address' })
export type Address = z.output<typeof address>

const addresses = z.object({ items: z.array(address) }).meta({ id: 'Addresses' })

export const listAddresses = {
  ...route,
  summary: 'List one’s own e-mail addresses, the primary one first',
  response: { 200: addresses, ...problems() },
}

export const addAddress = {
  ...route,
  summary: 'Add an address; a link is mailed to it',
  body: z.strictObject({ email }).meta({ id: 'NewAddress' }),
  response: { 201: addresses, ...problems('address-exists', 'mail-missing', 'too-many-requests') },
}

export const resendAddressLink = {
  ...route,
  summary: 'Mail the link for an address again',
  params: idParams,
  response: {
    204: z.null(),
    ...problems('address-not-found', 'mail-missing', 'too-many-requests'),
  },
}

export const makeAddressPrimary = {
  ...route,
  summary: 'Make a confirmed address the one that letters go to',
  params: idParams,
  response: { 200: addresses, ...problems('address-not-found', 'conflict') },
}

export const removeAddress = {
  ...route,
  summary: 'Remove an address; badges for it are no longer here',
  params: idParams,
  response: { 204: z.null(), ...problems('address-not-found', 'conflict') },
}

export const confirmAddress = {
  ...route,
  summary: 'Confirm an address with the link that came to it',
  description:
    'When another account has the address, both are joined: its badges, collections and ways to sign in come here. An account that works for an organization stays, and the answer says so.',
  body: z.strictObject({ secret }).meta({ id: 'AddressConfirmation' }),
  response: {
    200: z
      .object({
        addresses,
        joined: z.boolean().meta({ description: 'Another account came along' }),
      })
      .meta({ id: 'AddressConfirmed' }),
    ...problems('link-refused', 'conflict'),
  },
}

export const mailChoices = z
  .object({
    newBadges: z.boolean().meta({ description: 'A letter about each new badge' }),
    endorsements: z.boolean(),
  })
  .meta({ id: 'MailChoices' })

export const getMailChoices = {
  ...route,
  summary: 'Read which letters one gets',
  response: { 200: mailChoices, ...problems() },
}

export const putMailChoices = {
  ...route,
  summary: 'Choose which letters one gets',
  body: mailChoices.partial().meta({ id: 'MailChoicesChange' }),
  response: { 200: mailChoices, ...problems() },
}

export const eraseAccount = {
  ...route,
  summary: 'Erase one’s account and backpack',
  description:
    'Awards stay with the organizations that gave them; imported badges, collections, addresses and ways to sign in are gone. The sole owner of an organization cannot go.',
  body: z
    .strictObject({ email: z.string().meta({ description: 'The primary address, typed again' }) })
    .meta({ id: 'AccountErasure' }),
  response: { 204: z.null(), ...problems('conflict', 'last-owner') },
}
