const LIMIT = 100;
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A list that shows each item once, newest first, however often and in whatever order it comes. */
export class ItemList {
  #element;
  #describe;
  #rows = new Map();

  constructor(element, describe) {
    this.#element = element;
    this.#describe = describe;
  }

  clear() {
    this.#rows.clear();
    this.#element.replaceChildren();
  }

  addAll(items, at) {
    items.forEach((item) => this.add(item, at(item), false));
  }

  /** Adds an item, and tells whether it was new. */
  add(item, at, fresh) {
    const id = String(item.id);
    if (this.#rows.has(id)) {
      return false;
    }
    const row = this.#row(id, this.#describe(item), new Date(at), fresh);
    const older = [...this.#element.children].find((other) => Number(other.dataset.at) < Number(row.dataset.at));
    this.#element.insertBefore(row, older ?? null);
    this.#rows.set(id, row);
    if (this.#rows.size > LIMIT) {
      this.#rows.delete(this.#element.lastElementChild.dataset.id);
      this.#element.lastElementChild.remove();
    }
    return true;
  }

  #row(id, description, at, fresh) {
    const row = document.createElement('li');
    const text = document.createElement('span');
    const stamp = document.createElement('time');
    row.dataset.id = id;
    row.dataset.at = at.getTime();
    row.classList.toggle('fresh', fresh);
    text.textContent = description;
    stamp.dateTime = at.toISOString();
    stamp.textContent = time.format(at);
    row.append(text, stamp);
    return row;
  }
}
