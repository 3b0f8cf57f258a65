import { describe, expect, it } from 'vitest'
import { faultOfKeyAddress } from './key-address.js'

describe('an address that a key is sent to', () => {
  it.each([
    'https://api.credly.com/v1/',
    'https://badgr.example:8443',
    'http://localhost:9401/v1/',
    'http://credly.localhost/',
    'http://127.0.0.1:9401',
    'http://127.9.9.9/',
    'http://[::1]:9401/',
    'http://credly-simulator:9401/v1/',
  ])('may be %s', (address) => {
    expect(faultOfKeyAddress(address)).toBeUndefined()
  })

  it.each([
    ['http://api.credly.com/v1/', 'in clear'],
    ['http://10.0.0.7/', 'in clear'],
    ['http://[fe80::1]/', 'in clear'],
    ['http://[::ffff:10.0.0.7]/', 'in clear'],
    ['http://localhost.example/', 'in clear'],
    ['http://com./', 'in clear'],
    ['https://user:secret@api.credly.com/', 'password'],
    ['https://api.credly.com/?key=1', 'query'],
    ['https://api.credly.com/#v1', 'fragment'],
    ['ftp://api.credly.com/', 'web address'],
    ['api.credly.com', 'web address'],
    ['', 'web address'],
  ])('may not be %s', (address, fault) => {
    expect(faultOfKeyAddress(address)).toContain(fault)
  })
})
