// Moving and sizing panels by pointer and keyboard, in edit mode. The server lays the panels out: this shows where a panel would land and asks for it on release.
// The keys of a panel's menu work for the panel that has the focus, else for the one under the pointer.
// One instance a grid; `owner` is the .NET object with MovePanel(id, x, y), ResizePanel(id, w, h), NudgePanel(id, key, resize), PressPanel(id, key), PressPage(key).
const keys = ['v', 'e', 'd', 'x', 'y', 'Delete'];
const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

export function attach(grid, owner) {
  const abort = new AbortController();
  let drag = null;

  // The raster as it is on screen: a phone shows one column, where only the menu moves panels. The heads of sections are lower than other rows, so a row
  // is found by where it begins; below the last there are rows as high as those that come by themselves.
  function raster() {
    const style = getComputedStyle(grid);
    const columns = style.gridTemplateColumns.split(' ');
    const gapX = parseFloat(style.columnGap);
    const gapY = parseFloat(style.rowGap);
    const more = parseFloat(style.gridAutoRows) + gapY;
    const tops = [0];
    for (const height of style.gridTemplateRows.split(' ')) tops.push(tops.at(-1) + parseFloat(height) + gapY);
    const top = row => row < tops.length ? tops[row] : tops.at(-1) + (row - tops.length + 1) * more;
    const row = y => {
      let at = 0;
      while (Math.abs(top(at + 1) - y) <= Math.abs(top(at) - y)) at++;
      return at;
    };
    return { columns: columns.length, stepX: parseFloat(columns[0]) + gapX, top, row };
  }

  function place(panel, cell) {
    for (const [name, value] of Object.entries(cell)) drag.ghost.style.setProperty(`--${name}`, value);
    drag.cell = cell;
  }

  function start(event) {
    const handle = event.target.closest('[data-handle]');
    if (!handle || event.button !== 0) return;
    const panel = handle.closest('[data-panel]');
    const { columns, stepX, top, row } = raster();
    if (columns < 12) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const read = name => Number(getComputedStyle(panel).getPropertyValue(`--${name}`));
    const from = { x: read('x'), y: read('y'), w: read('w'), h: read('h') };
    const ghost = document.createElement('div');
    ghost.className = 'dash-panel-ghost';
    grid.append(ghost);
    drag = { panel, ghost, from, cell: from, stepX, toRow: row, topOf: top, columns, left: event.clientX, top: event.clientY + scrollY, resize: handle.dataset.handle === 'resize' };
    place(panel, from);
    panel.classList.add('dragged');
  }

  function move(event) {
    if (!drag) return;
    const dx = event.clientX - drag.left;
    const dy = event.clientY + scrollY - drag.top;
    const across = Math.round(dx / drag.stepX);
    const { x, y, w, h } = drag.from;
    const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
    if (drag.resize) {
      place(drag.panel, { x, y, w: clamp(w + across, 1, drag.columns - x), h: clamp(drag.toRow(drag.topOf(y + h) + dy) - y, 1, 24) });
    } else {
      place(drag.panel, { x: clamp(x + across, 0, drag.columns - w), y: drag.toRow(drag.topOf(y) + dy), w, h });
      drag.panel.style.transform = `translate(${dx}px, ${dy}px)`;
    }
    // Near an edge of the window the page follows.
    if (event.clientY > innerHeight - 40) scrollBy(0, 12);
    else if (event.clientY < 90) scrollBy(0, -12);
  }

  function end(event) {
    if (!drag) return;
    const { panel, ghost, from, cell, resize } = drag;
    drag = null;
    ghost.remove();
    panel.classList.remove('dragged');
    panel.style.transform = '';
    if (event.type === 'pointercancel') return;
    const id = panel.dataset.panel;
    if (resize && (cell.w !== from.w || cell.h !== from.h)) owner.invokeMethodAsync('ResizePanel', id, cell.w, cell.h);
    if (!resize && (cell.x !== from.x || cell.y !== from.y)) owner.invokeMethodAsync('MovePanel', id, cell.x, cell.y);
  }

  async function key(event) {
    if (event.key === 'Escape' && drag) {
      end(new PointerEvent('pointercancel'));
      return;
    }
    const handle = event.target.closest('[data-handle]');
    if (!handle || !arrows.includes(event.key)) return;
    event.preventDefault();
    const id = handle.closest('[data-panel]').dataset.panel;
    const kind = handle.dataset.handle;
    await owner.invokeMethodAsync('NudgePanel', id, event.key, event.shiftKey || kind === 'resize');
    // The panels' order in the page may have changed, which takes the focus away.
    grid.querySelector(`[data-panel="${CSS.escape(id)}"] [data-handle="${kind}"]`)?.focus();
  }

  // Letters belong to whoever writes, and to an open menu, dialog or drawer.
  const isBusy = target => target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"], [role="dialog"], .mud-popover, .mud-drawer');

  function press(event) {
    if (event.defaultPrevented || isBusy(event.target)) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      owner.invokeMethodAsync('PressPage', event.shiftKey ? 'redo' : 'undo');
    } else if (command && event.key.toLowerCase() === 'y') {
      event.preventDefault();
      owner.invokeMethodAsync('PressPage', 'redo');
    } else if (event.key === 'Escape' && grid.classList.contains('has-full')) {
      owner.invokeMethodAsync('PressPage', 'Escape');
    } else if (!command && !event.altKey && keys.includes(event.key)) {
      const panel = document.activeElement?.closest('[data-panel]') ?? grid.querySelector('[data-panel]:hover');
      if (!panel) return;
      event.preventDefault();
      owner.invokeMethodAsync('PressPanel', panel.dataset.panel, event.key);
    }
  }

  // Brings a panel into view, and the focus with it.
  function reveal(id) {
    const panel = grid.querySelector(`[data-panel="${CSS.escape(id)}"]`);
    panel?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    panel?.focus({ preventScroll: true });
  }

  const options = { signal: abort.signal };
  document.addEventListener('keydown', press, options);
  grid.addEventListener('pointerdown', start, options);
  grid.addEventListener('pointermove', move, options);
  grid.addEventListener('pointerup', end, options);
  grid.addEventListener('pointercancel', end, options);
  grid.addEventListener('keydown', key, options);
  return { reveal, dispose: () => abort.abort() };
}
