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
