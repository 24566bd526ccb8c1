import assert from 'node:assert/strict';
import { test } from 'node:test';

// As much of a page as a result needs to be made: every part is there, and remembers what it is told.
class Part extends EventTarget {
  dataset = {};
  classList = { on: new Set(), toggle(name, on) { if (on) this.on.add(name); else this.on.delete(name); }, contains(name) { return this.on.has(name); } };
  style = { setProperty() {} };
  textContent = '';
  parts = new Map();
  querySelector(what) {
    if (!this.parts.has(what)) this.parts.set(what, new Part());
    return this.parts.get(what);
  }
  querySelectorAll() { return []; }
  closest() { return this; }
  replaceChildren() {}
  append() {}
  setAttribute() {}
}
globalThis.document = { createElement: () => new Part(), documentElement: new Part(), addEventListener() {}, removeEventListener() {} };
globalThis.matchMedia = () => new Part();
globalThis.MutationObserver = class { observe() {} };
globalThis.ResizeObserver = class { observe() {} disconnect() {} };
const { ShapeResult } = await import('./explore-result.js');

async function exportWith(fetch) {
  globalThis.fetch = fetch;
  const element = new Part();
  const message = new Part();
  element.querySelectorAll = what => (what === '[data-result]' ? ['message', 'count', 'mean', 'std', 'min', 'max', 'from', 'to'].map(name => Object.assign(name === 'message' ? message : new Part(), { dataset: { result: name } })) : []);
  const result = new ShapeResult(element, { mode: 'map' }, () => {});
  result.polygons = [];
  const told = new Promise(done => { const tell = result.tell.bind(result); result.tell = (text, fault) => { tell(text, fault); if (fault) done(text); }; });
  const click = new Event('click');
  Object.defineProperty(click, 'target', { value: Object.assign(new Part(), { dataset: { export: 'csv' } }) });
  element.dispatchEvent(click);
  return { told: await told, message };
}

test('an export that the server refuses is told', async () => {
  const { told, message } = await exportWith(async () => ({ ok: false, status: 503 }));
  assert.equal(told, 'The server answered 503.');
  assert.ok(message.classList.contains('crit') && message.hidden === false);
});

test('an export without a network is told', async () => {
  const { told } = await exportWith(async () => { throw new TypeError('Failed to fetch'); });
  assert.equal(told, 'Failed to fetch');
});
