// What a QR code on the screen says, by a reader of others.

import jsQR from 'jsqr'
import { expect } from './fixtures.mjs'

export async function scan(page, context) {
  const picture = (await page.locator('.ar-qr__code').screenshot({ scale: 'css' })).toString('base64')
  const blank = await context.newPage()
  const { data, width, height } = await blank.evaluate(async (picture) => {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    const drawing = canvas.getContext('2d')
    drawing.drawImage(image, 0, 0)
    return { data: [...drawing.getImageData(0, 0, image.width, image.height).data], width: image.width, height: image.height }
  }, picture)
  await blank.close()
  const read = jsQR(Uint8ClampedArray.from(data), width, height)
  expect(read, 'the code is read').not.toBeNull()
  return read.data
}
