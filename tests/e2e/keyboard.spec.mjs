// The whole visit by keyboard alone: Tab, Space, Enter and the arrow keys, from the start page to the receipt.

import { expect, test } from './support/fixtures.mjs'
import { mildest, resultTitle, say } from './support/guide.mjs'
import { tabTo } from './support/journey.mjs'

test('from the start to the receipt without a mouse', async ({ widget, page, receiver, canSend }) => {
  const press = async (target) => {
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  }
  const reached = (title) => expect(widget.heading, 'a new screen begins at its heading').toHaveText(title)
  await widget.open()
  await press(widget.button('start.begin'))
  await expect(widget.button('common.continue')).toBeVisible()

  while ((await widget.heading.textContent()) !== say('review.title')) {
    await expect(widget.heading).toBeFocused()
    const asked = await widget.current()
    if (asked.choices.length > 0) {
      const choice = mildest(asked)
      if (asked.kind === 'several') {
        await tabTo(page, widget.input(asked, choice))
        await page.keyboard.press('Space')
      } else {
        // Tab goes to the group; the arrows go on within it and choose.
        await page.keyboard.press('Tab')
        const place = asked.choices.indexOf(choice)
        if (place === 0) await page.keyboard.press('Space')
        for (let step = 0; step < place; step++) await page.keyboard.press('ArrowDown')
      }
      await expect(widget.input(asked, choice)).toBeChecked()
    }
    await press(widget.button('common.continue'))
    await widget.scope.getByRole('heading', { level: 1, name: asked.ask, exact: true }).waitFor({ state: 'hidden' })
  }

  await press(widget.button('review.see_result').first())
  await reached(resultTitle('level.clear_title'))
  await press(widget.button('result.share'))
  await reached(say('share.title'))
  await press(widget.button('common.continue'))
  await reached(say('contact.title'))
  await tabTo(page, page.getByLabel(say('contact.phone'), { exact: true }))
  await page.keyboard.type('+1 555 010 0177')
  await page.keyboard.press('Enter')
  await reached(say('preview.title'))
  await tabTo(page, widget.consent('share'))
  await page.keyboard.press('Space')
  await press(widget.button('preview.send'))
  await reached(say('receipt.title'))
  await expect(widget.heading).toBeFocused()
  expect(receiver.posts()).toHaveLength(1)
})

test('every place that Tab stops at can be seen to have the focus', async ({ widget, page }) => {
  await widget.open()
  const stops = async () => {
    const unseen = []
    await page.evaluate(() => document.activeElement.blur())
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const element = document.activeElement
        if (element === document.body) return null
        const marked = [element, ...element.labels ?? []].some((each) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
          return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
        })
        return { name: element.textContent.trim() || element.id, marked }
      })
      if (stop === null) break
      if (!stop.marked) unseen.push(stop.name)
    }
    return unseen
  }
  expect(await stops()).toEqual([])
  await widget.begin()
  expect(await stops()).toEqual([])
})

test('the error summary leads to the field', async ({ widget, page }) => {
  await widget.open()
  await widget.begin()
  const asked = await widget.current()
  await widget.button('common.continue').press('Enter')
  await expect(widget.errors).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(widget.input(asked, asked.choices[0])).toBeFocused()
})

test('files that come late take neither the focus nor a press that is under way', async ({ widget, page, site }) => {
  let come
  const late = new Promise((resolve) => { come = resolve })
  await page.route('**/pages/*.md', async (route) => {
    await late
    await route.continue()
  })
  await page.goto(site.url)
  const begin = widget.button('start.begin')
  await begin.hover()
  await page.mouse.down()
  await expect(begin).toBeFocused()
  come()
  await widget.isReady()
  await expect(begin).toBeFocused()
  await page.mouse.up()
  await expect(widget.button('common.continue')).toBeVisible()
})
