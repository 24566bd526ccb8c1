// What the frame of every page does without the server: close the drawer of the pages after a choice, copy text, open and close dialogs.
(() => {
  'use strict';
  document.addEventListener('click', event => {
    event.target.closest('.nav-drawer a')?.closest('[popover]').hidePopover();

    // <button data-copy>: copies the text of the <code> beside it, or of the <pre> below it, and says so for a moment.
    const copy = event.target.closest('[data-copy]');
    if (copy) copyFrom(copy);

    // An open list closes on a choice in it and on any click elsewhere.
    for (const list of document.querySelectorAll('details.drop-down[open]')) {
      if (!list.contains(event.target) || event.target.closest('.drop-down-list :is(button, a)')) list.open = false;
    }
  });

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const list of document.querySelectorAll('details.drop-down[open]')) {
      list.open = false;
      if (list.contains(document.activeElement)) list.querySelector('summary').focus();
    }
  });

  async function copyFrom(button) {
    const text = (button.parentElement.querySelector('code') ?? button.closest('.send-code').querySelector('pre')).textContent;
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

  // <local-time utc="..."> writes a moment in the chosen time zone (js/zone.js), without the year while it is the current one.
  class LocalTime extends HTMLElement {
    static observedAttributes = ['utc'];
    connectedCallback() {
      this.write ??= () => this.attributeChangedCallback();
      document.addEventListener('livedash:zone', this.write);
    }
    disconnectedCallback() {
      document.removeEventListener('livedash:zone', this.write);
    }
    attributeChangedCallback() {
      const time = window.liveDash.zoned(Date.parse(this.getAttribute('utc')));
      const pad = number => String(number).padStart(2, '0');
      const year = time.year === window.liveDash.zoned(Date.now()).year ? '' : `${time.year}-`;
      this.textContent = `${year}${pad(time.month)}-${pad(time.day)} ${pad(time.hour)}:${pad(time.minute)}:${pad(time.second)}`;
    }
  }
  customElements.define('local-time', LocalTime);

  // <time-ago utc="..."> writes how long ago a moment was, by the reader's clock, and goes on counting.
  class TimeAgo extends HTMLElement {
    static observedAttributes = ['utc'];
    connectedCallback() {
      this.timer = setInterval(() => this.write(), 1000);
      this.write();
    }
    disconnectedCallback() {
      clearInterval(this.timer);
    }
    attributeChangedCallback() {
      this.title = this.getAttribute('utc').replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
      this.write();
    }
    write() {
      const seconds = Math.max(0, Math.round((Date.now() - new Date(this.getAttribute('utc'))) / 1000));
      const [size, unit] = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']].find(([least]) => seconds >= least * (least === 86400 ? 2 : 1)) ?? [1, 's'];
      const text = `${Math.floor(seconds / size)} ${unit}`;
      if (this.textContent !== text) this.textContent = text;
    }
  }
  customElements.define('time-ago', TimeAgo);

  // The frame of every page is alive once each of its scripts is attached; before, what is typed into it would be lost. Tests wait for it.
  const awaited = new Set(['alerts', 'palette', 'zone']);

  // What components call; each takes an element of theirs.
  window.liveDash = Object.assign(window.liveDash ?? {}, {
    alive(script) {
      awaited.delete(script);
      if (awaited.size === 0) document.documentElement.dataset.live = '';
    },

    showModal(dialog) {
      if (dialog.open) return;
      dialog.showModal();
      // One begins at what is asked for, not at the button that gives up.
      dialog.querySelector('[autofocus], .dialog-body :is(input:not([type="hidden"], :disabled, [type="radio"]:not(:checked)), select, textarea)')?.focus();
    },

    // How large a chart is on screen, the colours of its lines, and whether the page is dark; for a picture that looks the same.
    lookAt(selector) {
      const element = document.querySelector(selector) ?? document.body;
      const box = element.getBoundingClientRect();
      return { width: Math.round(box.width), height: Math.round(box.height), dark: getComputedStyle(document.documentElement).colorScheme === 'dark', colors: element.lineColors?.() ?? {} };
    },

    // Saves text or bytes as a file, as a link with the download attribute would.
    download(name, type, text) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },

    // <input type=datetime-local> speaks the reader's zone, the server UTC.
    toUtc: local => (local ? new Date(local).toISOString() : ''),
    toLocal(utc) {
      const time = new Date(utc);
      return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
    },
  });
})();
