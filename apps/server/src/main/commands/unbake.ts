import { OpenBadgesError, unbake } from '@rosette/open-badges'
import type { Command } from 'commander'
import { no } from '../command-error.js'
import { readBytes } from '../input.js'
import { examples, printJson, printLine } from '../output.js'
import { writeOutput } from './bake.js'

type Options = { readonly output?: string; readonly json?: true }

export function registerUnbake(program: Command): void {
  program
    .command('unbake')
    .description('Take the credential out of a PNG or SVG image; exit code 1 when there is none.')
    .argument('<image>', 'baked PNG or SVG file, or - for stdin')
    .option('-o, --output <file>', 'where the credential is written; without it, stdout')
    .option('--json', 'print { kind, version, text } as JSON')
    .addHelpText('after', examples('rosette unbake baked.png -o credential.json'))
    .action(unbakeFile)
}

async function unbakeFile(image: string, { output, json }: Options): Promise<void> {
  const found = takeOut(await readBytes(image), image)
  if (output !== undefined) await writeOutput(output, found.text)
  else if (json) printJson(found)
  else printLine(found.text)
}

function takeOut(bytes: Uint8Array, image: string) {
  try {
    return unbake(bytes)
  } catch (error) {
    const empty = error instanceof OpenBadgesError && error.code === 'ERR_OB_NOT_BAKED'
    if (empty) throw no(`${image} holds no badge: it was never baked, or the badge was removed.`)
    throw error
  }
}
