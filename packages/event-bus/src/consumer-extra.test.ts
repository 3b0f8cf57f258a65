import { describe, expect, it } from 'vitest'
import { ConsumerExtraError, parseConsumerExtra } from './consumer-extra.js'

describe('the --extra of a consumer', () => {
  it('takes the documented minimum and leaves the rest to the defaults', () => {
    expect(parseConsumerExtra('{"consumer_name": "credentials_dev.consumer1"}')).toEqual({
      consumerName: 'credentials_dev.consumer1',
      lastReadMessageId: null,
      checkBacklog: null,
      claimOlderThanMs: null,
    })
  })

  it('takes every key of the Open edX command', () => {
    const extra = {
      consumer_name: 'one',
      last_read_msg_id: '1684306727000-0',
      check_backlog: false,
      claim_msgs_older_than: 5000,
    }
    expect(parseConsumerExtra(JSON.stringify(extra))).toEqual({
      consumerName: 'one',
      lastReadMessageId: '1684306727000-0',
      checkBacklog: false,
      claimOlderThanMs: 5000,
    })
  })

  it.each([
    ['not JSON', '{', 'not JSON'],
    ['a list', '[]', 'must be a JSON object'],
    ['no consumer name', '{}', 'consumer_name must be given as a non-empty text'],
    ['an empty consumer name', '{"consumer_name":""}', 'consumer_name must be given'],
    ['an unknown key', '{"consumer_name":"a","offset_time":"x"}', 'unknown key "offset_time"'],
    [
      'a text for a boolean',
      '{"consumer_name":"a","check_backlog":"yes"}',
      'check_backlog must be',
    ],
    ['a broken id', '{"consumer_name":"a","last_read_msg_id":"now"}', 'last_read_msg_id must be'],
    ['a negative age', '{"consumer_name":"a","claim_msgs_older_than":-1}', 'claim_msgs_older_than'],
  ])('refuses %s', (_, json, reason) => {
    expect(() => parseConsumerExtra(json)).toThrow(ConsumerExtraError)
    expect(() => parseConsumerExtra(json)).toThrow(reason)
  })

  it('names every fault at once', () => {
    const refused = () => parseConsumerExtra('{"check_backlog":1,"check_backlogs":true}')
    expect(refused).toThrow(/unknown key "check_backlogs".*consumer_name must.*check_backlog must/)
  })
})
