// The end-to-end tests: the built folder dist/ in Debian's Chromium, served by a plain static server of each test's own.
//
// A test that needs another state of the world changes the world: it lays a file over the served folder, or tells the
// receiving server how to behave. Nothing inside the widget is replaced, nothing waits for a fixed time, and nothing is
// tried twice: a test that fails now and then is a fault.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { defineConfig } from '@playwright/test'

const chromium = process.env.PATH.split(delimiter).map((folder) => join(folder, 'chromium')).find((file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
})
if (!chromium) throw new Error('There is no chromium on the PATH. Run: scripts/tools.sh test')

export default defineConfig({
  testDir: '.',
  // Kept as they are on purpose only: with --update-snapshots. One that is missing is a fault.
  snapshotPathTemplate: 'snapshots/{arg}{ext}',
  updateSnapshots: 'none',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Long, so that a busy computer fails nothing: no test is about how long something takes.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  // The main ways through the widget are walked in Spanish as well.
  projects: [
    { name: 'en' },
    { name: 'es', use: { lang: 'es' }, testMatch: /(journey|crisis|axe|names|keep|early|zz-look)\.spec\.mjs$/,
      grepInvert: /the demo clinic|the front desk/ }, // which write in English
  ],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: chromium,
      // Without a sandbox of its own, since tests may run as root in a container; and with no way to any other computer.
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    },
  },
})
