// The theme: 'light', 'dark' or 'system' (the default). Loaded in <head> before anything is painted, so that no page flashes in the other one.
// The choice is one word in localStorage; a tab follows when another changes it. 'livedash:theme' on the document tells canvases to read the colours anew.
(() => {
  'use strict';
  const key = 'livedash.theme';
  const choices = { light: 'Light theme', dark: 'Dark theme', system: 'Theme of the system' };
  const icons = {
    light: '<circle cx="8" cy="8" r="3"/><path d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"/>',
    dark: '<path d="M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z"/>',
    system: '<rect x="1.5" y="2.5" width="13" height="8.5" rx="1"/><path d="M5.5 14h5M8 11v3"/>',
  };

  function chosen() {
    try {
      const word = localStorage.getItem(key);
      return word in choices ? word : 'system';
    } catch {
      return 'system'; // storage is barred: the system decides
    }
  }

  function apply() {
    const choice = chosen();
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    for (const element of document.querySelectorAll('theme-switch')) element.show(choice);
    document.dispatchEvent(new CustomEvent('livedash:theme', { detail: { choice } }));
  }

  function choose(choice) {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // Not kept, but this page still follows.
    }
    apply();
  }

  // A custom element, because Blazor leaves alone what it did not render: the pressed state outlives each render of the page.
  class ThemeSwitch extends HTMLElement {
    connectedCallback() {
      if (!this.firstChild) {
        this.setAttribute('role', 'group');
        this.setAttribute('aria-label', 'Theme');
        for (const [choice, label] of Object.entries(choices)) {
          const button = document.createElement('button');
          button.type = 'button';
          button.value = choice;
          button.title = label;
          button.setAttribute('aria-label', label);
          button.innerHTML = `<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${icons[choice]}</svg>`;
          button.addEventListener('click', () => choose(choice));
          this.append(button);
        }
      }
      this.show(chosen());
    }

    show(choice) {
      for (const button of this.children) button.setAttribute('aria-pressed', String(button.value === choice));
    }
  }

  apply();
  customElements.define('theme-switch', ThemeSwitch);
  addEventListener('storage', event => { if (event.key === key) apply(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
})();
