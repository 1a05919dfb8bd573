// What a host page full of trackers does, at its worst: it listens to everything, also inside of every frame that lets
// it in, and keeps what it gathers in `window.gathered`, by the means that gathered it. Loaded before embed.js; the
// page loads rrweb before it.
(() => {
  const gathered = window.gathered = {}
  const keep = (who, ...what) => (gathered[who] ??= []).push(what.map(told).join(' '))
  /** Anything as text: bytes a character each, objects as JSON with the bytes in them. */
  const told = (what) => {
    if (typeof what === 'string') return what
    if (what instanceof ArrayBuffer || ArrayBuffer.isView(what)) return latin(new Uint8Array(what.buffer ?? what))
    const parts = []
    let json
    try {
      json = JSON.stringify(what, (key, value) => {
        const bytes = Object.prototype.toString.call(value) === '[object ArrayBuffer]' || ArrayBuffer.isView(value)
        if (bytes) parts.push(latin(new Uint8Array(value.buffer ?? value)))
        return bytes ? null : value
      })
    } catch { /* a thing that goes round in a circle */ }
    return [json ?? String(what), ...parts].join(' ')
  }
  const latin = (bytes) => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768))
    return text
  }

  const before = (object, name, who) => {
    const real = object?.[name]
    if (typeof real !== 'function') return
    object[name] = function (...given) {
      keep(who, name, ...given)
      return Reflect.apply(real, this, given)
    }
  }
  const onSet = (prototype, name, who) => {
    const real = Object.getOwnPropertyDescriptor(prototype, name)
    Object.defineProperty(prototype, name, { ...real, set(value) {
      keep(who, name, value)
      real.set.call(this, value)
    } })
  }
  const onNew = (w, name, who) => {
    const Real = w[name]
    w[name] = class extends Real {
      constructor(...given) {
        keep(who, ...given)
        super(...given)
      }
    }
  }

  const documents = new WeakSet()
  const touched = []
  const EVENTS = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'click', 'mousedown', 'pointerdown', 'mouseover',
    'focusin', 'submit', 'copy', 'paste', 'selectionchange', 'scroll', 'toggle']
  const listen = (target) => EVENTS.forEach((type) => target.addEventListener(type, (event) => {
    const { key, data, target: at } = event
    if (type === 'keydown' && key?.length === 1 && target.nodeType === 9) gathered.keylog = [(gathered.keylog?.[0] ?? '') + key]
    keep('keys', type, key ?? '', data ?? '', at?.value ?? '', at?.innerText?.slice(0, 2000) ?? '', at?.labels?.[0]?.innerText ?? '')
  }, true))
  const spyOn = (w) => {
    // An observer of this page gives an element that no script of its own page has touched the classes of this page, and
    // then it is no HTMLElement there: a frame's elements are touched first, when all of them are there, and held.
    const whole = w === window || w.document.readyState !== 'loading'
    if (whole && !documents.has(w.document)) {
      if (w !== window) touched.push([...w.document.querySelectorAll('*')])
      documents.add(w.document)
      listen(w)
      listen(w.document)
      new w.MutationObserver((records) => records.forEach(({ type, attributeName, oldValue, target, addedNodes, removedNodes }) =>
        keep('mutations', type, attributeName ?? '', oldValue ?? '', target.data ?? target.getAttribute?.(attributeName) ?? '',
          ...[...addedNodes, ...removedNodes].map((node) => node.outerHTML ?? node.data ?? ''))))
        .observe(w.document, { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true, characterDataOldValue: true })
    }
    // A frame's window is another one after it went to another page, though it is called the same.
    if (w.spied) return
    w.spied = true
    const { fetch } = w
    w.fetch = function (what, how) {
      keep('fetch', what?.url ?? what, how ?? '', how?.body ?? '')
      if (what instanceof w.Request) what.clone().text().then((body) => keep('fetch', body, [...what.headers]))
      return Reflect.apply(fetch, w, [what, how])
    }
    for (const name of ['open', 'setRequestHeader', 'send']) before(w.XMLHttpRequest.prototype, name, 'xhr')
    before(w.navigator, 'sendBeacon', 'beacon')
    onNew(w, 'Image', 'image')
    onSet(w.HTMLImageElement.prototype, 'src', 'image')
    onNew(w, 'WebSocket', 'websocket')
    before(w.WebSocket.prototype, 'send', 'websocket')
    before(w.Storage.prototype, 'setItem', 'storage')
    onSet(w.Document.prototype, 'cookie', 'cookie')
    before(w.IDBFactory.prototype, 'open', 'database')
    for (const name of ['pushState', 'replaceState']) before(w.history, name, 'history')
    for (const name of ['log', 'info', 'debug', 'warn', 'error', 'table']) before(w.console, name, 'console')
    before(w, 'postMessage', 'message')
    w.addEventListener('message', ({ data }) => keep('message', data), true)
    before(w.MessagePort.prototype, 'postMessage', 'port')
    const real = Object.getOwnPropertyDescriptor(w.MessagePort.prototype, 'onmessage')
    Object.defineProperty(w.MessagePort.prototype, 'onmessage', { ...real, set(listener) {
      real.set.call(this, (event) => {
        keep('port', event.data)
        listener.call(this, event)
      })
    } })
    before(w.BroadcastChannel.prototype, 'postMessage', 'broadcast')
  }
  const look = () => {
    for (const w of [window, ...Array.from(frames)]) {
      try {
        if (w.document) spyOn(w)
      } catch { /* a frame that keeps its door shut */ }
    }
  }
  look()
  setInterval(look, 5)
  addEventListener('load', look, true)
  addEventListener('error', ({ message }) => keep('console', message))

  rrweb.record({
    emit: (event) => keep('rrweb', event),
    maskAllInputs: false, maskInputOptions: {}, recordCrossOriginIframes: true, recordCanvas: true, inlineImages: true,
  })
  navigator.serviceWorker.register('worker.js')
})()
