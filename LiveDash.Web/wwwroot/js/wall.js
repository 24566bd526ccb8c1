// A wall: larger text for who stands far away, a clock, and a screen that does not go to sleep. Where the browser has no wake lock the wall's own settings count.
class WallClock extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.write(), 1000);
    this.write();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  write() {
    const zone = window.liveDash?.zone?.();
    const text = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
    if (this.textContent !== text) this.textContent = text;
  }
}
if (!customElements.get('wall-clock')) customElements.define('wall-clock', WallClock);

export function attach(scale) {
  const root = document.documentElement;
  // Taken over, as the other pages say it.
  root.dataset.live = '';
  const before = root.style.fontSize;
  root.style.fontSize = '';
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * scale}px`;
  dispatchEvent(new Event('resize'));
  let lock = null;
  const hold = async () => {
    if (document.hidden || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request('screen');
    } catch {
      // A battery that runs low, or a policy: the screen may sleep.
    }
  };
  document.addEventListener('visibilitychange', hold);
  hold();
  return {
    dispose() {
      root.style.fontSize = before;
      document.removeEventListener('visibilitychange', hold);
      lock?.release();
    },
  };
}
