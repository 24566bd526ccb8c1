// What alerts do in this browser: which episodes are dismissed, the count in the title, the sound and the notification. All of it is kept in this
// browser, and off until somebody turns it on.
const keys = { dismissed: 'livedash-alerts-dismissed', told: 'livedash-alerts-told', sound: 'livedash-alerts-sound', notify: 'livedash-alerts-notify' };
const most = 500;
let owner = null;
let count = 0;
let titles = null;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage is barred, or somebody else wrote there
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Not kept beyond this page.
  }
}

const list = key => {
  const found = read(key);
  return Array.isArray(found) ? found.filter(id => typeof id === 'string') : [];
};

function add(key, ids) {
  write(key, [...new Set([...list(key), ...ids])].slice(-most));
}

function onStorage(event) {
  if (event.key === keys.dismissed) owner?.invokeMethodAsync('Dismissed', list(keys.dismissed)).catch(() => {});
}

// Keys in a list of alerts: arrows go from line to line, a letter presses the button of the line that says so.
document.addEventListener('keydown', event => {
  const row = event.target.closest?.('[data-row]');
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input:not([type="checkbox"]), select, textarea')) return;
  const rows = [...document.querySelectorAll('[data-row]')];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    if (event.target.closest('.drop-down-list, .live-chart')) return;
    event.preventDefault();
    rows[rows.indexOf(row) + step]?.querySelector('[data-open]')?.focus();
    return;
  }
  const key = event.key.toLowerCase();
  if (key === 's') row.querySelector('.drop-down > summary')?.click();
  else if (key === 'a' || key === 'x') row.querySelector(`[data-key="${key}"]`)?.click();
});

export function attach(dotnet) {
  owner = dotnet;
  window.liveDash.alive('alerts');
  addEventListener('storage', onStorage);
  // Pages change the title under way; the count stays before it. The text is changed in place, for it belongs to the page's renderer.
  titles = new MutationObserver(paintTitle);
  titles.observe(document.head, { childList: true, subtree: true, characterData: true });
  return list(keys.dismissed);
}

export function detach() {
  removeEventListener('storage', onStorage);
  titles?.disconnect();
  owner = null;
}

export function dismiss(ids) {
  add(keys.dismissed, ids);
}

function paintTitle() {
  // The renderer keeps its own comments in there too.
  const text = [...document.querySelector('title')?.childNodes ?? []].find(node => node.nodeType === Node.TEXT_NODE);
  if (!text) return;
  const bare = text.data.replace(/^\(\d+\) /, '');
  const wanted = count > 0 ? `(${count}) ${bare}` : bare;
  if (text.data !== wanted) text.data = wanted;
}

// How many are open, which episodes are new since the last time, and what to say of them.
export function show(open, fresh, sentence, severity) {
  count = open;
  paintTitle();
  // Of several tabs the first one tells.
  const told = new Set(list(keys.told));
  if (!fresh.some(id => !told.has(id))) return;
  add(keys.told, fresh);
  if (read(keys.sound) === true) chime(severity);
  if (read(keys.notify) === true && 'Notification' in globalThis && Notification.permission === 'granted') {
    const note = new Notification('LiveDash', { body: sentence, tag: fresh[0], icon: 'favicon.svg' });
    note.onclick = () => { focus(); note.close(); };
  }
}

// Two soft tones; three for what is critical.
export function chime(severity) {
  const Context = globalThis.AudioContext;
  if (!Context) return;
  const audio = new Context();
  const tones = severity === 'crit' ? [660, 880, 660] : [587, 784];
  tones.forEach((pitch, i) => {
    const start = audio.currentTime + i * 0.18;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(0.15, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.17);
    if (i === tones.length - 1) tone.onended = () => audio.close();
  });
}

export function settings() {
  const barred = !('Notification' in globalThis) || !isSecureContext;
  const permission = barred ? 'unavailable' : Notification.permission;
  return { sound: read(keys.sound) === true, notify: read(keys.notify) === true && permission === 'granted', permission };
}

export function setSound(on) {
  write(keys.sound, on);
  if (on) chime('warn');
  return settings();
}

// The browser asks the person; a refusal is the end of it.
export async function setNotify(on) {
  if (on && 'Notification' in globalThis && Notification.permission === 'default') await Notification.requestPermission();
  write(keys.notify, on && settings().permission === 'granted');
  return settings();
}
