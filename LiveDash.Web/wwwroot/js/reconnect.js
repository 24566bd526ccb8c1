// A lost connection: blazor.web.js tries again by itself and says how it goes by classes on #components-reconnect-modal.
// It gives up after a while; a wall display must not, so this keeps asking every few seconds, and at once when the tab is seen again
// or the network returns. When the server has forgotten this page (it restarted), the page is loaded anew: no stale number stays on screen.
(() => {
  'use strict';
  const retryMs = 3000;
  const notice = document.getElementById('components-reconnect-modal');
  let timer = 0;
  let asking = false;

  const has = state => notice.classList.contains(`components-reconnect-${state}`);

  async function ask() {
    if (asking || !has('failed')) return;
    asking = true;
    try {
      if (!await Blazor.reconnect()) await reloadWhenServed();
    } catch {
      // Still unreachable, and the timer asks again; or not let in any more, and the page leads to the sign-in.
      if (await isSignedOut()) await reloadWhenServed();
    } finally {
      asking = false;
    }
  }

  async function isSignedOut() {
    try {
      return (await fetch(location.href, { method: 'HEAD', cache: 'no-store', headers: { Accept: 'text/html' } })).url.includes('/sign-in');
    } catch {
      return false;
    }
  }

  // A reload while the server is away would replace the page by the browser's own error page, which never retries.
  async function reloadWhenServed() {
    for (;;) {
      try {
        await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
        // Nobody is there to answer whether to leave; js/typing.js brings back what was not saved.
        addEventListener('beforeunload', event => event.stopImmediatePropagation(), true);
        location.reload();
        return;
      } catch {
        await new Promise(resolve => setTimeout(resolve, retryMs));
      }
    }
  }

  new MutationObserver(() => {
    if (has('rejected')) {
      reloadWhenServed();
    } else if (has('failed')) {
      timer ||= setInterval(ask, retryMs);
    } else if (timer) {
      clearInterval(timer);
      timer = 0;
    }
  }).observe(notice, { attributes: true, attributeFilter: ['class'] });

  notice.querySelector('[data-retry]').addEventListener('click', () => (has('rejected') ? reloadWhenServed() : ask()));
  addEventListener('online', ask);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) ask(); });
})();
