import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { cannot, reasonOf } from './command-error.js'

/** The bytes of a file, or of standard input for `-`. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path)
  } catch (error) {
    throw cannot(`${path} cannot be read: ${reasonOf(error)}. Name a readable file.`, error)
  }
}

/** The text given as an option: itself, the file after an `@`, or standard input for `-`. */
export async function readArgument(given: string): Promise<string> {
  if (given === '-') return (await readBytes('-')).toString('utf8')
  return given.startsWith('@') ? (await readBytes(given.slice(1))).toString('utf8') : given
}

/** The JSON of an option that takes text, `@file` or `-`. */
export async function readJsonArgument(name: string, given: string): Promise<unknown> {
  return parseJson(await readArgument(given), name)
}

/** The JSON in a file. */
export async function readJsonFile(path: string): Promise<unknown> {
  return parseJson((await readBytes(path)).toString('utf8'), path)
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw cannot(`${where} is not JSON: ${reasonOf(error)}.`, error)
  }
}
