import { Agent, get } from 'node:http'

// Asks one address over and over on connections that stay open, and tells how often it was answered.
const connections = 16
const agent = new Agent({ keepAlive: true, maxSockets: connections })

process.on('message', ({ url, milliseconds }: { url: string; milliseconds: number }) => {
  const until = performance.now() + milliseconds
  const lines = Array.from({ length: connections }, () => askUntil(url, until))
  void Promise.all(lines).then((counts) => {
    process.send?.(counts.reduce((sum, count) => sum + count, 0))
  })
})

async function askUntil(url: string, until: number): Promise<number> {
  let answered = 0
  for (; performance.now() < until; answered++) await ask(url)
  return answered
}

async function ask(url: string): Promise<void> {
  const headers = { accept: 'application/json' }
  await new Promise<void>((resolve, reject) => {
    const asked = get(url, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answers ${answer.statusCode}`))
      answer.resume().on('end', resolve)
    })
    asked.on('error', reject)
  })
}
