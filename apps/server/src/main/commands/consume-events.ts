import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime } from '../../runtime.js'
import { consumeTopic, toConsumerOptions } from '../processes.js'
import { stopSignal } from '../stop-signal.js'

type Options = { readonly topic: string; readonly group_id: string; readonly extra?: string }

export function registerConsumeEvents(program: Command): void {
  program
    .command('consume-events')
    .description('Consume one topic of the event bus until stopped.')
    .requiredOption('-t, --topic <topic>', 'topic, without the prefix')
    .requiredOption('-g, --group_id <group>', 'consumer group')
    .option(
      '--extra <json>',
      'consumer_name, check_backlog, last_read_msg_id, claim_msgs_older_than as a JSON object',
    )
    .addHelpText(
      'after',
      `\nExample:\n  rosette consume-events -t learning-badges-lifecycle -g rosette --extra '{"consumer_name":"rosette.1"}'`,
    )
    .action((options: Options) => consumeEvents(options))
}

async function consumeEvents({ topic, group_id: group, extra }: Options): Promise<void> {
  const stop = stopSignal()
  const settings = loadSettings()
  const fallbackName = settings.config.bus.consumerName
  const options = toConsumerOptions({
    topic,
    group,
    fallbackName,
    ...(extra === undefined ? {} : { extra }),
  })
  const runtime = await openRuntime(settings, { mustOwn: false, isService: true })
  try {
    await consumeTopic(runtime, options, stop)
  } finally {
    await runtime.close()
  }
}
