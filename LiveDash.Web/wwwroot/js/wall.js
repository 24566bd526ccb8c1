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

// Rows are at most so many times their least height.
const mostGrow = 4;

// Where the pages of a wall begin: each at the first panel that the page before did not show whole. The boxes are those of the panels, in pixels from the top.
export function pagesOf(boxes, height) {
  const starts = [0];
  for (;;) {
    const start = starts.at(-1);
    const cut = boxes.filter(box => box.bottom > start + height + 1).map(box => box.top);
    if (cut.length === 0) return starts;
    const next = Math.min(...cut);
    // A panel that is higher than the screen is shown piece by piece.
    starts.push(next > start ? next : start + Math.max(1, height));
  }
}

// Shows a dashboard of many rows page by page, each for as long as a dashboard stays.
export class Pages {
  constructor(wall, stayMs, dotnet) {
    this.wall = wall;
    this.stayMs = stayMs;
    this.dotnet = dotnet;
    this.sizes = new ResizeObserver(() => this.look());
    this.sizes.observe(wall);
    // Another dashboard, or one that was edited; what moves within panels is none of its business.
    this.changes = new MutationObserver(() => this.look());
    this.look();
  }

  get panels() {
    return this.wall.querySelector('.panels.fit');
  }

  look() {
    const { panels } = this;
    const starts = panels ? this.fitted(panels) : [0];
    const isNew = panels !== this.shown;
    if (!isNew && starts.join() === this.starts?.join()) {
      // Measuring has moved what is shown.
      this.place();
      return;
    }
    if (isNew) {
      this.changes.disconnect();
      this.changes.observe(this.wall, { childList: true });
      if (panels) this.changes.observe(panels, { childList: true, attributeFilter: ['style'] });
    }
    [this.shown, this.starts] = [panels, starts];
    // Of another dashboard the server knows nothing yet, also where it has as many pages as the one before.
    if (isNew || starts.length !== this.told) this.dotnet.invokeMethodAsync('Paged', this.told = starts.length).catch(() => {});
    this.turn(0);
  }

  // Rows of the least height say how many pages there are; then rows grow for as long as that many hold them, so that no page is half empty.
  fitted(panels) {
    const { style } = this.wall;
    const measure = (grow, height = panels.clientHeight) => {
      style.setProperty('--wall-grow', grow);
      const top = panels.getBoundingClientRect().top - panels.scrollTop;
      const boxes = [...panels.children].map(child => child.getBoundingClientRect()).map(box => ({ top: box.top - top, bottom: box.bottom - top }));
      return pagesOf(boxes, height);
    };
    style.setProperty('--wall-rest', '0px');
    const { length } = measure(1);
    // Rows that grow leave the pixel that others may be beyond the edge.
    const within = panels.clientHeight - 2;
    let [least, most] = [1, mostGrow];
    for (let i = 0; length > 1 && i < 7; i++) {
      const grow = (least + most) / 2;
      if (measure(grow, within).length > length) most = grow;
      else least = grow;
    }

    const starts = least > 1 ? measure(least, within) : measure(1);
    // The last page begins at its first panel too, and not so far up that the screen is full.
    style.setProperty('--wall-rest', `${Math.max(0, starts.at(-1) + panels.clientHeight - panels.scrollHeight)}px`);
    return starts;
  }

  turn(page) {
    clearTimeout(this.timer);
    this.page = page;
    this.place();
    const text = this.starts.length > 1 ? `${page + 1} of ${this.starts.length}` : '';
    const part = this.wall.querySelector('[data-part="page"]');
    if (part && part.textContent !== text) part.textContent = text;
    if (this.starts.length > 1) this.timer = setTimeout(() => this.turn((page + 1) % this.starts.length), this.stayMs);
  }

  place() {
    // Between two pixels a browser would round up, over the edge of a panel.
    if (this.panels) this.panels.scrollTop = Math.floor(this.starts[this.page]);
    this.hide(this.page);
  }

  // A panel that is cut at the edge has the page after this one; one that is higher than the screen has several.
  hide(page) {
    const { panels } = this;
    if (!panels) return;
    const { top, height } = panels.getBoundingClientRect();
    for (const panel of panels.children) {
      const box = panel.getBoundingClientRect();
      panel.classList.toggle('beyond', page < this.starts.length - 1 && box.height <= height && box.bottom > top + height + 1);
    }
  }

  dispose() {
    clearTimeout(this.timer);
    this.sizes.disconnect();
    this.changes.disconnect();
  }
}

export function attach(scale, stayMs, dotnet) {
  const root = document.documentElement;
  // Taken over, as the other pages say it.
  root.dataset.live = '';
  const before = root.style.fontSize;
  root.style.fontSize = '';
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * scale}px`;
  dispatchEvent(new Event('resize'));
  const pages = new Pages(document.querySelector('.wall'), stayMs, dotnet);
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
      pages.dispose();
      root.style.fontSize = before;
      document.removeEventListener('visibilitychange', hold);
      lock?.release();
    },
  };
}
