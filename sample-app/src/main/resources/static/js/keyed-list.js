/**
 * A list on the page that shows each item once, however often it comes: by REST, by the stream, or by both. The newest
 * is first.
 */
export class KeyedList {
  #element;
  #limit;
  #render;
  #items = new Map();

  /**
   * @param {Element} element the list; what follows it in the document is shown while it is empty
   * @param {function(Object): Element} render
   * @param {number} limit how many are shown
   */
  constructor(element, render, limit = Infinity) {
    this.#element = element;
    this.#render = render;
    this.#limit = limit;
  }

  get size() {
    return this.#items.size;
  }

  values() {
    return [...this.#items.values()].map(({ item }) => item);
  }

  get(id) {
    return this.#items.get(id)?.item;
  }

  clear() {
    this.#items.clear();
    this.#element.replaceChildren();
  }

  /** Shows items instead of those that are shown. */
  replace(items) {
    this.clear();
    items.forEach((item) => this.put(item));
    this.#element.removeAttribute('aria-busy');
  }

  /** Adds an item, or shows it as it is now; tells whether it was new. */
  put(item, { fresh = false } = {}) {
    const known = this.#items.get(item.id);
    const row = this.#render(item);
    row.classList.toggle('fresh', fresh && !known);
    if (known) {
      this.#keepFocus(known.row, row);
      known.row.replaceWith(row);
    }
    else {
      this.#insert(item, row);
    }
    this.#items.set(item.id, { item, row });
    this.#trim();
    return !known;
  }

  remove(id) {
    const row = this.#items.get(id)?.row;
    if (row) {
      this.#keepFocus(row, row.nextElementSibling ?? row.previousElementSibling);
      row.remove();
      this.#items.delete(id);
    }
  }

  #insert(item, row) {
    const older = this.values().filter((other) => other.id < item.id).reduce(
      (newest, other) => (newest && newest.id > other.id ? newest : other), undefined);
    this.#element.insertBefore(row, older ? this.#items.get(older.id).row : null);
  }

  // Whoever is on a button of a row stays on it when the row is drawn anew, and goes on to the next row when it has gone.
  #keepFocus(from, to) {
    const active = document.activeElement;
    if (from.contains(active)) {
      queueMicrotask(() => {
        const same = to?.querySelector(`${active.localName}[data-action="${active.dataset.action}"]`);
        const target = same ?? to?.querySelector('button, a') ?? this.#element.closest('section');
        target.focus();
      });
    }
  }

  #trim() {
    while (this.#items.size > this.#limit) {
      this.remove(this.values().reduce((oldest, other) => (other.id < oldest.id ? other : oldest)).id);
    }
  }
}
