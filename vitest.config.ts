import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/dist/**', '**/.rosette/**']
const resolve = { conditions: ['source'] }

/** Kinds of tests, told apart by their suffix: what they need decides when they run. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'unit',
          // Reading the modules anew for each file took longer than the tests; none of these keeps state in them.
          isolate: false,
          // Many of them wait for a server that does not answer.
          maxWorkers: 2,
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: [...exclude, '**/*.db.test.ts', '**/*.redis.test.ts'],
          // Milliseconds each, but the other checks of a busy machine run beside them.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'db',
          isolate: false,
          include: ['packages/*/src/**/*.{db,redis}.test.ts', 'apps/*/src/**/*.{db,redis}.test.ts'],
          exclude,
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'e2e',
          include: ['apps/server/e2e/**/*.e2e.test.ts'],
          exclude,
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'pages',
          include: ['apps/web/e2e/**/*.e2e.test.ts'],
          exclude,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each waits for its browser half of the time.
          maxWorkers: 2,
        },
      },
    ],
  },
})
