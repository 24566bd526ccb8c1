// How the frame of the page looks, before anything is painted, so that nothing flashes: the theme ('light', 'dark' or 'system', the default), and whether the
// rail is hidden. Each choice is one word in localStorage; a tab follows when another changes it. 'livedash:theme' on the document tells canvases to read the
// colours anew.
(() => {
  'use strict';
  const key = 'livedash.theme';
  const railKey = 'livedash.rail';
  const choices = { light: 'Light theme', dark: 'Dark theme', system: 'Theme of the system' };
  const icons = {
    light: '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>',
    dark: '<path d="M20 14.7A8.5 8.5 0 0 1 9.3 4a8.5 8.5 0 1 0 10.7 10.7z"/>',
    system: '<circle cx="12" cy="12" r="8"/><path d="M12 4v16M12 8.5h5.6M12 12h8M12 15.5h5.6"/>',
  };
  const root = document.documentElement;

  function read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is barred
    }
  }

  function write(name, word) {
    try {
      localStorage.setItem(name, word);
    } catch {
      // Not kept, but this page still follows.
    }
  }

  const chosen = () => (read(key) in choices ? read(key) : 'system');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);

  function apply(choice = chosen()) {
    if (choice === 'system') delete root.dataset.theme;
    else root.dataset.theme = choice;
    for (const element of document.querySelectorAll('theme-switch')) element.show(choice);
    document.dispatchEvent(new CustomEvent('livedash:theme', { detail: { choice } }));
  }

  function choose(choice) {
    write(key, choice);
    apply(choice);
  }

  function rail(hidden) {
    if (hidden) root.dataset.rail = 'hidden';
    else delete root.dataset.rail;
  }

  function wall(on) {
    if (on === 'wall' in root.dataset) return;
    if (on) {
      root.dataset.wall = '';
      // Without leave for the whole screen the page alone is still a wall.
      root.requestFullscreen?.().catch(() => {});
    } else {
      delete root.dataset.wall;
      if (document.fullscreenElement) document.exitFullscreen();
    }
    dispatchEvent(new Event('resize'));
  }

  const icon = name => `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${icons[name]}</svg>`;

  // A custom element, because Blazor leaves alone what it did not render: the pressed state outlives each render of the page.
  class ThemeSwitch extends HTMLElement {
    connectedCallback() {
      if (!this.firstChild) {
        const opener = document.createElement('button');
        opener.type = 'button';
        opener.setAttribute('popovertarget', 'theme-choices');
        opener.setAttribute('aria-label', 'Theme');
        opener.title = 'Theme';
        const list = document.createElement('div');
        list.id = 'theme-choices';
        list.popover = 'auto';
        list.setAttribute('role', 'group');
        list.setAttribute('aria-label', 'Theme');
        for (const [choice, label] of Object.entries(choices)) {
          const button = document.createElement('button');
          button.type = 'button';
          button.value = choice;
          button.innerHTML = icon(choice) + label;
          button.addEventListener('click', () => { choose(choice); list.hidePopover(); });
          list.append(button);
        }
        this.append(opener, list);
      }
      this.show(chosen());
    }

    show(choice) {
      this.firstChild.innerHTML = icon(choice);
      for (const button of this.lastChild.children) button.setAttribute('aria-pressed', String(button.value === choice));
    }
  }

  apply();
  rail(read(railKey) === 'hidden');
  customElements.define('theme-switch', ThemeSwitch);
  addEventListener('storage', event => {
    if (event.key === key) apply();
    if (event.key === railKey) rail(event.newValue === 'hidden');
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => apply());
  document.addEventListener('keydown', event => { if (event.key === 'Escape') wall(false); });
  document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) wall(false); });

  window.liveDash = Object.assign(window.liveDash ?? {}, {
    // What the frame does without the server; false for what it does not know.
    frame(action) {
      if (action === 'theme') choose(isDark() ? 'light' : 'dark');
      else if (action === 'wall') wall(!('wall' in root.dataset));
      else if (action === 'rail') {
        const hidden = root.dataset.rail !== 'hidden';
        write(railKey, hidden ? 'hidden' : 'shown');
        rail(hidden);
        dispatchEvent(new Event('resize'));
      } else return false;
      return true;
    },
  });
})();
