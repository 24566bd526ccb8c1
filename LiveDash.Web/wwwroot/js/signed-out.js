// Stands on the pages without a circuit: whoever comes here is signed out, so text that was typed and not saved does not wait for the next person.
(() => {
  'use strict';
  try {
    sessionStorage.removeItem('livedash.draft');
  } catch {
    // Storage is barred, so nothing is kept.
  }
})();
