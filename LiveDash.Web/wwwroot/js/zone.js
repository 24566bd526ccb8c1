// The time zone of everything on screen: 'browser' (the default), 'UTC' or a name such as 'Europe/Berlin'. One choice for scripts and server, kept in this
// browser; an address that names one (?tz=) wins for its own tab. 'livedash:zone' on the document tells charts and tables to write their times anew.
(() => {
  'use strict';
  const key = 'livedash.zone';
  // To ask for the browser's own zone costs as much as drawing a small chart, and every label of an axis needs it; a machine that travels is noticed in a minute.
  const askAgain = 60_000;
  let asked = -Infinity;
  let found = 'UTC';
  function own() {
    if (performance.now() - asked > askAgain) {
      found = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
      asked = performance.now();
    }
    return found;
  }

  function valid(zone) {
    if (!zone) return null;
    if (zone === 'browser') return zone;
    try {
      Intl.DateTimeFormat('en', { timeZone: zone });
      return zone;
    } catch {
      return null; // no such zone in this browser
    }
  }

  function kept(storage) {
    try {
      return valid(storage().getItem(key));
    } catch {
      return null; // storage is barred
    }
  }

  function keep(storage, zone) {
    try {
      storage().setItem(key, zone);
    } catch {
      // Not kept beyond this page.
    }
  }

  const named = valid(new URLSearchParams(location.search).get('tz'));
  if (named) keep(() => sessionStorage, named);
  let choice = named ?? kept(() => sessionStorage) ?? kept(() => localStorage) ?? 'browser';

  function tell() {
    document.dispatchEvent(new CustomEvent('livedash:zone', { detail: { choice, zone: window.liveDash.zone() } }));
  }

  window.liveDash = Object.assign(window.liveDash ?? {}, {
    // The IANA name of the zone in force.
    zone: () => (choice === 'browser' ? own() : choice),
    zoneChoice: () => ({ choice, browser: own() }),
    chooseZone(zone) {
      if (!valid(zone) || zone === choice) return;
      choice = zone;
      keep(() => sessionStorage, zone);
      keep(() => localStorage, zone);
      tell();
    },

    // The fields of a moment (milliseconds) in the zone, as numbers: { year, month, day, hour, minute, second }.
    zoned(ms) {
      return zonedFields(ms, window.liveDash.zone());
    },
  });

  let format = null;
  let formatZone = '';
  function zonedFields(ms, zone) {
    if (zone !== formatZone) {
      format = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
      formatZone = zone;
    }
    const fields = {};
    for (const { type, value } of format.formatToParts(ms)) if (type !== 'literal') fields[type] = Number(value);
    return fields;
  }

  addEventListener('storage', event => {
    if (event.key !== key || event.storageArea !== localStorage) return;
    const zone = valid(event.newValue) ?? 'browser';
    if (zone === choice || named) return;
    choice = zone;
    keep(() => sessionStorage, zone);
    tell();
  });
})();
