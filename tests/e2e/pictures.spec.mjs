// The pictures of the documents show what the widget shows now: each screen is reached again, and has the words that were on
// it when its picture was taken. Letters look different on each computer, so no pixel is compared.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './support/fixtures.mjs'
import { PICTURES, SCREENS, contextOf, linesOf, show } from './support/screens.mjs'

const words = JSON.parse(readFileSync(join(PICTURES, 'pictures.json'), 'utf8'))

for (const [name, screen] of Object.entries(SCREENS)) {
  test.describe(() => {
    test.use(contextOf(screen))
    test.setTimeout(120_000)

    test(`the picture ${name}.webp shows what is on the screen`, async ({ page, site }) => {
      await show(page, site, name)
      const now = await linesOf(page, true)
      const gone = (words[name] ?? ['no words are written down']).filter((line) => !now.includes(line))
      expect(gone, `is in docs/pictures/${name}.webp and no longer on the screen. Run: make pictures`).toEqual([])
    })
  })
}

test('every picture has its screen', () => {
  expect(Object.keys(words), 'Run: make pictures').toEqual(Object.keys(SCREENS))
})
