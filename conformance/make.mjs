// Makes the golden files: `npm run build && node conformance/make.mjs`, with --all every one anew.
import { addAssertions, hostedDocuments } from './make/assertions.mjs'
import { createCollection } from './make/collection.mjs'
import { addFurtherCredentials, furtherDocuments } from './make/further-credentials.mjs'
import { addNewerProofs } from './make/newer-proofs.mjs'
import { olderDocuments } from './make/older-world.mjs'
import { addRefusedCredentials } from './make/refused-credentials.mjs'
import { addSoundCredentials } from './make/sound-credentials.mjs'
import { ISSUER, issuerDocuments, LISTS } from './make/world.mjs'

const collection = createCollection({ all: process.argv.includes('--all') })
const without = (documents, addresses) =>
  Object.fromEntries(Object.entries(documents).filter(([url]) => !addresses.includes(url)))

const documents = await collection.documents('issuer.json', async () => ({
  ...(await issuerDocuments()),
  ...(await furtherDocuments()),
}))
await collection.documents('keys-only.json', () =>
  without(documents, [ISSUER, ...Object.values(LISTS)]),
)
await collection.documents('no-lists.json', () => without(documents, Object.values(LISTS)))
await addSoundCredentials(collection)
await addNewerProofs(collection)
await addFurtherCredentials(collection)
await addRefusedCredentials(collection)
await addAssertions(collection)
await collection.documents('older.json', () => ({ ...olderDocuments(), ...hostedDocuments() }))
collection.write()
