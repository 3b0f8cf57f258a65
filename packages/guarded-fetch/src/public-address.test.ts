import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAllowedHosts } from './allowed-hosts.js'
import { isPublicAddress } from './public-address.js'
import { assertTarget, parseTarget } from './target.js'

const noneAllowed = parseAllowedHosts([])

function isRefused(address: string): boolean {
  try {
    assertTarget(parseTarget(address), noneAllowed)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_GUARD_(PRIVATE|ADDRESS)$/) })
    return true
  }
}

describe('a public address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.15.0.1', '172.32.0.1', '192.169.0.1'])(
    'is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each(['2606:4700:4700::1111', '2a00:1450:4001:81b::200e', '::ffff:8.8.8.8'])(
    'is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.5',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false)
    expect(isPublicAddress(`::ffff:${address}`)).toBe(false)
  })

  it.each([
    '::',
    '::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2001:2::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1%eth0',
    'fec0::1',
    'ff02::1',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['', 'localhost', '127.1', '0x7f.1', '8.8.8.8/8', '1.2.3', '08.8.8.8'])(
    'is not the text %j',
    (text) => expect(isPublicAddress(text)).toBe(false),
  )
})

describe('a private address', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const privateIpv4 = fc.oneof(
    fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
    fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
    fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
    fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
  )
  const radix = fc.constantFrom(
    (value: number) => String(value),
    (value: number) => `0x${value.toString(16)}`,
    (value: number) => `0X${value.toString(16).toUpperCase()}`,
    (value: number) => `0${value.toString(8)}`,
    (value: number) => `0x0000${value.toString(16)}`,
  )
  // The last part of a short form stands for all bytes that are left.
  const ipv4Text = fc
    .tuple(privateIpv4, fc.integer({ min: 1, max: 4 }), fc.tuple(radix, radix, radix, radix))
    .map(([bytes, parts, write]) => {
      const heads = bytes.slice(0, parts - 1)
      const rest = bytes.slice(parts - 1).reduce((sum, byte) => sum * 256 + byte, 0)
      return [...heads, rest].map((part, i) => write[i]?.(part)).join('.')
    })
  const disguise = fc.constantFrom(
    (text: string) => text,
    (text: string) => `${text}.`,
    (text: string) => text.replaceAll('.', '。'),
    (text: string) => text.replaceAll('.', '%2e'),
    (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  )

  it('passes in no form of four bytes', () => {
    fc.assert(
      fc.property(
        ipv4Text,
        disguise,
        fc.constantFrom('http', 'https', 'HTTP'),
        (text, as, scheme) => isRefused(`${scheme}://${as(text)}/`),
      ),
      { numRuns: 2000 },
    )
  })

  it('passes in no form of six bytes and ten', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    const inside = privateIpv4.map(([a, b, c, d]) => [a * 256 + b, c * 256 + d] as const)
    const groups = fc.oneof(
      inside.map(([high, low]) => [0, 0, 0, 0, 0, 0xffff, high, low]),
      inside.map(([high, low]) => [0, 0, 0, 0, 0, 0, high, low]),
      inside.map(([high, low]) => [0x64, 0xff9b, 0, 0, 0, 0, high, low]),
      inside.map(([high, low]) => [0x2002, high, low, 0, 0, 0, 0, 1]),
      fc
        .tuple(
          fc.integer({ min: 0xfc00, max: 0xffff }),
          fc.array(group, { minLength: 7, maxLength: 7 }),
        )
        .map(([first, rest]) => [first, ...rest]),
    )
    const written = fc.tuple(groups, fc.boolean(), fc.boolean(), fc.boolean()).map(ipv6Text)
    fc.assert(
      fc.property(written, (text) => isRefused(`http://[${text}]/`)),
      { numRuns: 2000 },
    )
  })
})

function ipv6Text([groups, isPadded, isUpper, isDotted]: [number[], boolean, boolean, boolean]) {
  const digits = groups.map((group) => group.toString(16).padStart(isPadded ? 4 : 1, '0'))
  const [high = 0, low = 0] = groups.slice(6)
  const dotted = [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const text = isDotted ? [...digits.slice(0, 6), dotted].join(':') : digits.join(':')
  return isUpper ? text.toUpperCase() : text
}
