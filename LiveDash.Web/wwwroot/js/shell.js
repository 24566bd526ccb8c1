// What the frame of every page does without the server: close the menu after a choice, copy text, open and close dialogs.
(() => {
  'use strict';
  document.addEventListener('click', event => {
    const link = event.target.closest('.nav a');
    if (link) link.closest('[popover]')?.hidePopover();

    // <button data-copy>: copies the text of the <code> beside it and says so for a moment.
    const copy = event.target.closest('[data-copy]');
    if (copy) copyFrom(copy);
  });

  async function copyFrom(button) {
    const text = button.parentElement.querySelector('code').textContent;
    const told = button.dataset.copy || 'Copied';
    const before = button.textContent;
    if (button.dataset.busy) return;
    button.dataset.busy = '1';
    try {
      await writeClipboard(text);
      button.textContent = told;
    } catch {
      button.textContent = 'Select and copy';
    }
    setTimeout(() => { button.textContent = before; delete button.dataset.busy; }, 1600);
  }

  // The clipboard API is there on https and localhost only; a dashboard on plain http in a workshop still has to copy.
  async function writeClipboard(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('copy was refused');
  }
})();
