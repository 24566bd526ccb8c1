// Dialogs and the drawer of MudBlazor, by keyboard and without waiting for the server: the focus goes in when one opens, stays in whatever the speed of the Tab
// key, and goes back where it was; Escape closes an open list first, then the dialog. MudDialog does these by round trips, so fast keys could leave it: its
// own Escape is off (AppDialog.Options).
(() => {
  'use strict';
  const boxes = '.mud-dialog-container .mud-dialog, .alert-drawer [role="dialog"], .app-drawer [role="dialog"]';
  const focusable = 'a[href], button:not(:disabled), input:not(:disabled, [type="hidden"]), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';
  const open = []; // { box, before }, the topmost last

  const visible = element => element.getClientRects().length > 0;
  const inside = box => [...box.querySelectorAll(focusable)].filter(visible);
  const listOpen = () => document.querySelector('.mud-popover-open') !== null;

  function look() {
    for (let i = open.length - 1; i >= 0; i--) {
      if (open[i].box.isConnected) continue;
      const [{ before }] = open.splice(i, 1);
      if (document.activeElement === document.body || document.activeElement === null) before?.focus?.();
    }
    for (const box of document.querySelectorAll(boxes)) {
      if (open.some(one => one.box === box)) continue;
      open.push({ box, before: document.activeElement });
      const content = box.querySelector('.mud-dialog-content') ?? box;
      (box.querySelector('[autofocus]') ?? inside(content)[0] ?? inside(box)[0])?.focus();
    }
  }

  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });

  document.addEventListener('keydown', event => {
    const top = open.at(-1)?.box;
    if (!top || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && !listOpen()) {
      event.preventDefault();
      top.querySelector('[data-close], .mud-button-close, .mud-dialog-title button')?.click();
    } else if (event.key === 'Tab' && !listOpen()) {
      const all = inside(top);
      const at = all.indexOf(document.activeElement);
      const next = event.shiftKey ? (at <= 0 ? all.at(-1) : null) : (at < 0 || at === all.length - 1 ? all[0] : null);
      if (!next) return;
      event.preventDefault();
      event.stopPropagation();
      next.focus();
    }
  }, true);
})();

// Every menu by keyboard in the same way: arrows go from line to line, over what is not offered, and round at the ends; Home and End to the first and the last; letters to the
// next line that begins with them. Down on the button of a list opens it.
(() => {
  'use strict';
  // Letters typed sooner after one another than this, in one menu and with no other key between, are one word.
  const wordMs = 700;
  const own = new WeakSet(); // events made here
  let word = { text: '', at: -Infinity };
  let menu = { list: null, at: -1 };

  const shown = item => item.getClientRects().length > 0 && !item.matches(':disabled, [aria-disabled="true"], .mud-disabled');
  const begins = (item, text) => item.textContent.trim().toLowerCase().startsWith(text);

  // Which line a key leads to, or -1.
  function next(items, at, key) {
    const lines = items.map((_, i) => i).filter(i => shown(items[i]));
    if (lines.length === 0) return -1;
    if (key.length > 1) word = { text: '', at: -Infinity };
    if (key === 'Home') return lines[0];
    if (key === 'End') return lines.at(-1);
    if (key === 'ArrowDown') return lines.find(i => i > at) ?? lines[0];
    if (key === 'ArrowUp') return lines.findLast(i => i < at) ?? lines.at(-1);
    const now = performance.now();
    word = { text: (now - word.at < wordMs ? word.text : '') + key.toLowerCase(), at: now };
    // The same letter again goes on to the next; a longer word stays where it fits.
    const same = [...word.text].every(letter => letter === word.text[0]);
    const text = same ? word.text[0] : word.text;
    const after = same ? at + 1 : at;
    return lines.find(i => i >= after && begins(items[i], text)) ?? lines.find(i => begins(items[i], text)) ?? -1;
  }

  addEventListener('keydown', event => {
    if (own.has(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key) && !/^[\p{L}\p{N}]$/u.test(event.key)) return;
    const list = event.target.closest?.('details.drop-down');
    const popover = event.target.closest?.('.mud-popover-open');
    if (list) inList(list, event);
    else if (popover && event.target.closest('[role="menuitem"], [role="menu"], .mud-menu-list, .mud-list')) inMenu(popover, event);
  }, true);

  // The browser's own list.
  function inList(list, event) {
    const summary = list.querySelector('summary');
    if (event.target === summary && event.key !== 'ArrowDown' && !list.open) return;
    event.preventDefault();
    event.stopPropagation();
    list.open = true;
    const items = [...list.querySelectorAll('.drop-down-list :is(button, a)')];
    items[next(items, items.indexOf(document.activeElement), event.key)]?.focus();
  }

  // MudMenu knows on the server which line is chosen, one by one: it is told as many arrows as there are lines on the way, in order, before any key that comes after.
  function inMenu(popover, event) {
    const items = [...popover.querySelectorAll('[role="menuitem"]')];
    if (items.length === 0) return;
    const active = items.indexOf(document.activeElement.closest('[role="menuitem"]'));
    if (menu.list !== popover || !popover.contains(document.activeElement)) menu = { list: popover, at: active };
    event.preventDefault();
    event.stopImmediatePropagation();
    const aim = next(items, menu.at, event.key);
    if (aim < 0) return;
    const steps = aim - menu.at;
    menu.at = aim;
    for (let i = 0; i < Math.abs(steps); i++) {
      const key = steps > 0 ? 'ArrowDown' : 'ArrowUp';
      const arrow = new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, composed: true });
      own.add(arrow);
      event.target.dispatchEvent(arrow);
    }
  }
  // A menu that closed begins anew.
  addEventListener('focusout', event => {
    if (!menu.list || menu.list.contains(event.relatedTarget)) return;
    menu = { list: null, at: -1 };
    word = { text: '', at: -Infinity };
  });
})();
