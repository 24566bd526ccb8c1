// Text belongs to the browser. Over a slow line a server that hears of every key and answers with what it last heard takes letters away; so
//  - the server hears of a text once no key came for a moment, and at once when the field is left or Enter is pressed (in order, before the form is sent);
//  - while letters are being typed, what the server writes into the field is dropped: it can only be older than what stands there;
//  - text that was typed and not yet saved is put back after the page was loaded anew, because the server restarted for instance. It is kept in this tab
//    alone, until its field is there again, and never where it is a secret;
//  - a text that is longer than a message to the server may be (LiveDash:Limits:MaxWebSocketBytes) would cut the connection: it is refused in a sentence, and what stood there stays.
// Loaded before blazor.web.js, so that these listeners are asked first.
(() => {
  'use strict';
  const quietMs = 200;
  // Longer than that quiet, a slow line there and back, and the server's own time.
  const typingMs = 1500;
  const draftKey = 'livedash.draft';
  const most = 50;
  // What stands around the text in its message.
  const messageRoom = 4096;
  const message = Number(document.documentElement.dataset.message);
  // Where a message is small, half of it is for the text.
  const mostBytes = Math.max(message - messageRoom, message / 2);
  // Between two fields that are put back; ten of them are longer than a slow line there and back.
  const betweenMs = 100;
  const texts = new Set(['text', 'search', 'number', 'url', 'email', 'tel', 'password']);
  const dates = new Set(['date', 'datetime-local', 'time']);
  const own = new WeakSet(); // events made here
  const states = new WeakMap();
  const typed = new Set(); // fields with text that was not saved, oldest first
  const sent = new Set(); // those whose form was sent: saved, unless it stands there with what is wrong
  const waiting = new Set(); // what was typed before the page was loaded anew, whose field is not there yet

  const isText = element => element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && texts.has(element.type));
  // What is saved as soon as it is left, without a form.
  const isDirect = element => element.closest('[data-direct]') !== null;
  const isCut = () => [...document.getElementById('components-reconnect-modal')?.classList ?? []].some(name => name.startsWith('components-reconnect-') && name !== 'components-reconnect-hide');
  const isSecret = element => element.type === 'password' || element.closest('[data-secret]') !== null;

  function stateOf(element) {
    let state = states.get(element);
    if (state) return state;
    state = { timer: 0, at: -Infinity, untold: false, back: false, fits: element.defaultValue };
    states.set(element, state);
    // Whoever sets the text goes through here: the renderer, a component's script, a test.
    const { get, set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value');
    Object.defineProperty(element, 'value', {
      configurable: true,
      get() { return get.call(element); },
      set(text) {
        const typing = document.activeElement === element && performance.now() - state.at < typingMs;
        if (typing) return;
        if (get.call(element) !== text) set.call(element, text);
        state.fits = text;
      },
    });
    return state;
  }

  // A character takes six bytes at most, as JSON in UTF-8.
  const isTooLong = text => text.length * 6 > mostBytes && new TextEncoder().encode(JSON.stringify(text)).length > mostBytes;

  function refuse(element) {
    const state = stateOf(element);
    state.at = -Infinity;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value').set.call(element, state.fits);
    element.setCustomValidity(`That is too long: a field takes at most ${Math.floor(mostBytes / 1024)} KiB. Choose a file where one can be chosen.`);
    element.reportValidity();
  }

  function tell(element) {
    const state = stateOf(element);
    clearTimeout(state.timer);
    if (!state.untold) return;
    state.untold = false;
    const event = new Event('input', { bubbles: true });
    own.add(event);
    element.dispatchEvent(event);
  }

  function onInput(event) {
    const element = event.target;
    if (own.has(event)) return;
    // Each part of a date that was typed is told at once, and no older one is written over those that follow.
    if (dates.has(element.type)) stateOf(element).at = performance.now();
    if (!isText(element)) return;
    if (isTooLong(element.value)) {
      event.stopImmediatePropagation();
      refuse(element);
      return;
    }
    stateOf(element).fits = element.value;
    if (element.validity.customError) element.setCustomValidity('');
    // A script of the page itself wants each key of its own field.
    if (element.closest('[data-every-key]')) return;
    event.stopImmediatePropagation();
    const state = stateOf(element);
    state.back = false;
    state.untold = true;
    state.at = performance.now();
    clearTimeout(state.timer);
    state.timer = setTimeout(() => tell(element), quietMs);
    if (!isSecret(element)) {
      sent.delete(element);
      typed.delete(element);
      typed.add(element);
      if (typed.size > most) typed.delete(typed.values().next().value);
    }
  }

  function end(element) {
    if (!isText(element)) return;
    tell(element);
    const state = stateOf(element);
    state.at = -Infinity;
    // It was said; what stands there is good.
    if (element.validity.customError) element.setCustomValidity('');
    if (!state.back) return;
    state.back = false;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }

  addEventListener('input', onInput, true);
  addEventListener('focusin', event => { if (isText(event.target)) stateOf(event.target).fits = event.target.value; }, true);
  addEventListener('change', event => {
    end(event.target);
    if (!isText(event.target) || !isDirect(event.target)) return;
    // What is said while the connection is away nobody hears: it is said again once it is back, or when the page was loaded anew.
    if (isCut()) stateOf(event.target).back = true;
    else typed.delete(event.target);
  }, true);
  addEventListener('focusout', event => end(event.target), true);
  addEventListener('keydown', event => {
    if (['Enter', 'Tab', 'Escape', 'ArrowUp', 'ArrowDown'].includes(event.key)) end(event.target);
  }, true);
  addEventListener('pointerdown', () => { if (document.activeElement) end(document.activeElement); }, true);
  addEventListener('submit', event => {
    for (const element of typed) {
      if (!event.target.contains(element)) continue;
      typed.delete(element);
      sent.add(element);
    }
  }, true);
  const isRefused = element => element.isConnected && element.closest('form')?.querySelector('[role="alert"], [aria-invalid="true"]') != null;
  const isUnsaved = element => typed.has(element) || (sent.has(element) && isRefused(element));

  // A field is found again by where it stands, what it is called and which of that name it is.
  const placeOf = element => element.closest('[data-form]')?.dataset.form ?? element.closest('dialog, [role="dialog"]')?.querySelector('h2')?.textContent.trim() ?? '';
  const nameOf = element => `${placeOf(element)}/${element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent.trim() ?? element.placeholder ?? ''}`;
  const fields = () => [...document.querySelectorAll(':is(main, dialog, [role="dialog"]) :is(input, textarea)')].filter(element => isText(element) && !isSecret(element) && !element.closest('.palette'));

  addEventListener('pagehide', () => {
    const all = fields();
    const kept = all.flatMap((element, i) => (isUnsaved(element)
      ? [{ name: nameOf(element), nth: all.slice(0, i).filter(other => nameOf(other) === nameOf(element)).length, text: element.value }]
      : []));
    // What was typed in a dialog waits for it over another reload too.
    kept.push(...[...waiting].filter(one => one.path === location.pathname).map(({ path, ...one }) => one));
    try {
      if (kept.length > 0) sessionStorage.setItem(draftKey, JSON.stringify({ path: location.pathname, kept: kept.slice(0, most) }));
      else sessionStorage.removeItem(draftKey);
    } catch {
      // Storage is barred or full: nothing is kept.
    }
  });

  function restore() {
    let draft = null;
    try {
      draft = JSON.parse(sessionStorage.getItem(draftKey));
      sessionStorage.removeItem(draftKey);
    } catch {
      return; // storage is barred, or somebody else wrote there
    }
    const again = performance.getEntriesByType('navigation')[0]?.type === 'reload';
    if (!draft || !again || draft.path !== location.pathname) return;
    for (const one of draft.kept) waiting.add({ ...one, path: draft.path });
    let busy = false;
    let more = false;
    const bring = async () => {
      more = true;
      if (busy) return;
      busy = true;
      while (more) {
        more = false;
        for (const one of waiting) {
          if (location.pathname !== one.path) waiting.delete(one);
          else if (await bringBack(one)) waiting.delete(one);
        }
      }
      busy = false;
      if (waiting.size === 0) watch.disconnect();
    };
    // What was typed in a dialog is there again when the dialog is opened again on the same page.
    const watch = new MutationObserver(records => {
      if (records.some(record => [...record.addedNodes].some(node => node.querySelector?.('input, textarea')))) bring();
    });
    watch.observe(document.body, { childList: true, subtree: true });
    bring();
  }

  async function bringBack({ name, nth, text }) {
    const element = fields().filter(other => nameOf(other) === name)[nth];
    if (!element) return false;
    if (element.value === text) return true;
    const state = stateOf(element);
    element.value = text;
    // Half a text is not saved by itself: once somebody has been there and leaves it.
    if (isDirect(element)) {
      state.back = true;
      typed.add(element);
      return true;
    }
    // As if it had been typed and left: some fields tell the server of each word, some of the whole.
    for (const type of ['input', 'change']) element.dispatchEvent(new Event(type, { bubbles: true }));
    // One after another: with ten answers on their way the server draws nothing, and what it hears next meets a form that does not know of what came before.
    await new Promise(done => setTimeout(done, betweenMs));
    return true;
  }

  new MutationObserver((_, observer) => {
    if (!('live' in document.documentElement.dataset)) return;
    observer.disconnect();
    restore();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-live'] });

  window.liveDash = Object.assign(window.liveDash ?? {}, {
    // Nobody's text is left behind when somebody else uses this browser.
    forgetTyped() {
      typed.clear();
      sent.clear();
      waiting.clear();
      try {
        sessionStorage.removeItem(draftKey);
      } catch {
        // Storage is barred: nothing was kept.
      }
    },
  });
})();
