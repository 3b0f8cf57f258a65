import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './read-csv.js'

const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', ''))

function table(bytes: Uint8Array) {
  const read = readCsv(bytes)
  if ('fault' in read) throw new Error(read.fault)
  return read
}

describe('a file of awards', () => {
  it('is read whatever bytes it has, or refused in words', () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const read = readCsv(bytes)
        if ('fault' in read) expect(read.fault).not.toBe('')
        else expect(read.header.length).toBeGreaterThan(0)
      }),
    )
  })

  it('comes back as it was written, by delimiter and encoding', () => {
    const row = fc.tuple(cell, cell, cell)
    const delimiter = fc.constantFrom(',', ';', '\t')
    void fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), delimiter, (rows, mark) => {
        const header = ['email', 'name', 'narrative']
        const text = stringify([header, ...rows], { delimiter: mark, quoted: true })
        const filled = rows.filter((cells) => cells.some((one) => one.trim() !== ''))
        for (const bytes of [
          Buffer.from(text),
          Buffer.from(`\uFEFF${text}`),
          Buffer.from(`\uFEFF${text}`, 'utf16le'),
        ]) {
          const read = table(bytes)
          expect(read.header).toEqual(header)
          expect(read.rows.map(({ cells }) => cells)).toEqual(filled)
        }
      }),
    )
  })

  it.each([
    ['utf-8', Buffer.from('email;name\na@b.example;Zoë\n')],
    ['utf-8', Buffer.from('\uFEFFemail;name\na@b.example;Zoë\n')],
    ['utf-16le', Buffer.from('\uFEFFemail;name\na@b.example;Zoë\n', 'utf16le')],
    ['utf-16le', Buffer.from('email;name\na@b.example;Zoë\n', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFFemail;name\na@b.example;Zoë\n', 'utf16le').swap16()],
    ['windows-1252', Buffer.from('email;name\na@b.example;Zo\xeb\n', 'latin1')],
  ])('in %s says who it is', (encoding, bytes) => {
    const read = table(bytes)
    expect(read).toMatchObject({ encoding, delimiter: ';', header: ['email', 'name'] })
    expect(read.rows).toEqual([{ line: 2, cells: ['a@b.example', 'Zoë'] }])
  })

  it('keeps the lines of the file, also where a cell has several or a line is empty', () => {
    const read = table(Buffer.from('email,narrative\r\na@b.c,"one\ntwo"\r\n\r\nb@b.c,three\r\n'))
    expect(read.rows.map(({ line }) => line)).toEqual([2, 5])
  })

  it('that ends inside quotes is refused in words', () => {
    expect(readCsv(Buffer.from('email,name\n"a@b.c,Ada\n'))).toEqual({
      fault: expect.stringContaining('Quote'),
    })
    expect(readCsv(Buffer.from('  \n'))).toEqual({ fault: 'The file is empty.' })
  })
})
