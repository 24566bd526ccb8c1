// Tells the server which time zone this browser shows everything in, at once and whenever it changes (js/zone.js keeps it).
let owner = null;

function tell() {
  const { choice, browser } = window.liveDash.zoneChoice();
  owner?.invokeMethodAsync('Told', choice, browser).catch(() => {});
}

export function attach(dotnet) {
  owner = dotnet;
  document.addEventListener('livedash:zone', tell);
  tell();
  window.liveDash.alive('zone');
}

export function detach() {
  document.removeEventListener('livedash:zone', tell);
  owner = null;
}
