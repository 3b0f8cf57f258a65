import { writeFile } from 'node:fs/promises'
import { bake } from '@rosette/open-badges'
import type { Command } from 'commander'
import { cannot, reasonOf } from '../command-error.js'
import { readBytes } from '../input.js'
import { examples, printLine } from '../output.js'

type Options = { readonly output: string }

export function registerBake(program: Command): void {
  program
    .command('bake')
    .description('Put a credential into a PNG or SVG image.')
    .argument('<image>', 'PNG or SVG file')
    .argument('<credential>', 'the credential: JSON or JWT in a file, or - for stdin')
    .requiredOption('-o, --output <file>', 'where the baked image is written')
    .addHelpText('after', examples('rosette bake badge.png credential.json -o baked.png'))
    .action(bakeFile)
}

async function bakeFile(image: string, credential: string, { output }: Options): Promise<void> {
  const text = (await readBytes(credential)).toString('utf8').trim()
  if (!isCredentialText(text)) {
    throw cannot(`${credential} holds no credential; give a JSON object or a JWT.`)
  }
  await writeOutput(output, bake(await readBytes(image), text))
  printLine(`${output} holds the credential.`)
}

/** Whether the text has the form of a credential; whether it is a good one, `verify` says. */
function isCredentialText(text: string): boolean {
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return true
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content)
  } catch (error) {
    throw cannot(`${path} cannot be written: ${reasonOf(error)}. Choose another place.`, error)
  }
}
