// The values behind a drawing as a table, for who reads by keyboard or ear: a button that comes with the focus, and a region that lies over the drawing while it is open.
export class ValuesTable {
  // label: what the region is called. back: the button's words while it is open. read: gives { head, rows, numbers }, texts of the columns, of each row, and from which column on
  // they are numbers; the first of a row names it.
  constructor(element, label, back, read) {
    this.back = back;
    this.read = read;
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.className = 'button small chart-values-toggle';
    this.button.textContent = 'Values as a table';
    this.button.setAttribute('aria-expanded', 'false');
    this.button.addEventListener('click', () => this.toggle());
    this.root = document.createElement('div');
    this.root.className = 'chart-values';
    this.root.hidden = true;
    this.root.tabIndex = 0;
    this.root.setAttribute('role', 'region');
    this.root.setAttribute('aria-label', label);
    this.root.addEventListener('keydown', event => { if (event.key === 'Escape') this.toggle(); });
    element.append(this.button, this.root);
  }

  toggle() {
    this.root.hidden = !this.root.hidden;
    this.button.setAttribute('aria-expanded', String(!this.root.hidden));
    this.button.textContent = this.root.hidden ? 'Values as a table' : this.back;
    this.stamp = 0;
    this.update();
    (this.root.hidden ? this.button : this.root).focus();
  }

  // Once a second, and never while somebody has marked a piece of it to copy.
  update() {
    const now = performance.now();
    clearTimeout(this.late);
    if (this.root.hidden || getSelection()?.containsNode(this.root, true) && !getSelection().isCollapsed) return;
    const wait = (this.stamp || -1e9) + 1000 - now;
    if (wait > 0) {
      // Nothing may be drawn after this one.
      this.late = setTimeout(() => this.update(), wait);
      return;
    }
    this.stamp = now;
    const { head, rows, numbers = Infinity } = this.read();
    const table = document.createElement('table');
    table.className = 'table';
    const top = table.createTHead().insertRow();
    head.forEach((text, i) => top.append(cell('th', 'col', text, i >= numbers)));
    const body = table.createTBody();
    for (const texts of rows) {
      const row = body.insertRow();
      texts.forEach((text, i) => row.append(i === 0 ? cell('th', 'row', text, numbers === 0) : cell('td', null, text, i >= numbers)));
    }
    this.root.replaceChildren(table);
  }

  dispose() {
    clearTimeout(this.late);
    this.button.remove();
    this.root.remove();
  }
}

function cell(kind, scope, text, isNumber) {
  const made = document.createElement(kind);
  if (scope) made.scope = scope;
  if (isNumber) made.className = 'num';
  made.textContent = text;
  return made;
}
