export const $ = (selector, root = document) => root.querySelector(selector);

/**
 * Creates an element.
 *
 * @param {string} name of the element, with classes after dots: 'span.quiet'
 * @param {Object<string, string>} attributes
 * @param {...(Node|string)} children
 */
export function element(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  const created = document.createElement(tag);
  created.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    created.setAttribute(key, value);
  }
  created.append(...children);
  return created;
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const shortDayAndTime = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function time(instant) {
  const at = new Date(instant);
  const today = at.toDateString() === new Date().toDateString();
  return element('time.quiet', { datetime: at.toISOString(), title: dayAndTime.format(at) },
    (today ? timeOfDay : shortDayAndTime).format(at));
}
