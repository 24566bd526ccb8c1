// The palette (Ctrl+K) and the keys of the frame. The field belongs to the browser: the server hears of the text a moment after the last key, and answers
// with lines whose list says which text they are for; Enter waits for the right ones.
const quiet = 70;
let owner = null;
let dialog = null;
let field = null;
let list = null;
let timer = 0;
let at = -1;
let waiting = false;
let observer = null;

const options = () => [...list.querySelectorAll('[role="option"]')];
const typing = target => target?.matches?.('input:not([type="checkbox"], [type="radio"], [type="range"]), select, textarea, [contenteditable="true"]');

function ask() {
  clearTimeout(timer);
  owner?.invokeMethodAsync('Search', field.value).catch(() => {});
}

function mark(next) {
  const all = options();
  at = all.length === 0 ? -1 : (next + all.length) % all.length;
  all.forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
  if (at < 0) field.removeAttribute('aria-activedescendant');
  else {
    field.setAttribute('aria-activedescendant', all[at].id);
    all[at].scrollIntoView({ block: 'nearest' });
  }
}

function open() {
  if (dialog.open) return;
  field.value = '';
  dialog.showModal();
  field.focus();
  ask();
}

function choose(option) {
  if (!option) return;
  const { href, action } = option.dataset;
  dialog.close();
  if (href) Blazor.navigateTo(href);
  else run(action);
}

function run(action) {
  if (!window.liveDash.frame(action)) owner?.invokeMethodAsync('Run', action).catch(() => {});
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    if (dialog.open) dialog.close(); else open();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog.open) return;
  if (event.key === '[') run('rail');
  else if (event.key === '?') run('shortcuts');
}

function onFieldKey(event) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    mark(at + (event.key === 'ArrowDown' ? 1 : -1));
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (list.dataset.for === field.value) choose(options()[at]);
    else {
      waiting = true;
      ask();
    }
  }
}

function onClick(event) {
  if (event.target.closest('[data-palette]')) open();
  else if (event.target.closest('[data-shortcuts]')) run('shortcuts');
  else if (event.target.closest('[data-wall]')) run('wall');
  else if (event.target === dialog) dialog.close();
  else choose(event.target.closest('.palette-list [role="option"]'));
}

export function attach(dotnet, element) {
  owner = dotnet;
  dialog = element;
  field = dialog.querySelector('input');
  list = dialog.querySelector('[role="listbox"]');
  field.addEventListener('input', () => {
    waiting = false;
    clearTimeout(timer);
    timer = setTimeout(ask, quiet);
  });
  field.addEventListener('keydown', onFieldKey);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onClick);
  observer = new MutationObserver(() => {
    mark(0);
    if (!waiting || list.dataset.for !== field.value) return;
    waiting = false;
    choose(options()[0]);
  });
  window.liveDash.alive('palette');
  observer.observe(list, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-for'] });
}

export function detach() {
  document.removeEventListener('keydown', onKey);
  document.removeEventListener('click', onClick);
  observer?.disconnect();
  clearTimeout(timer);
  owner = null;
}
