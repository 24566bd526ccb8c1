// A page whose live connection is refused (a proxy that does not pass the host, an origin that is not allowed) says so, and names the setting.
(() => {
  'use strict';

  async function check() {
    let answer;
    try {
      answer = await fetch('api/hub-check', { method: 'POST' });
    } catch {
      return;
    }
    if (answer.ok) return;
    const problem = await answer.json().catch(() => null);
    const notice = document.createElement('p');
    notice.id = 'hub-refused';
    notice.className = 'notice crit';
    notice.setAttribute('role', 'alert');
    notice.textContent = `This page gets no live values: ${problem?.detail ?? `the server answered ${answer.status} to its connection.`}`;
    document.body.prepend(notice);
  }

  check();
})();
