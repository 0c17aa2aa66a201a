import { request } from './api.js';
import { $, element, time } from './dom.js';
import { submitWith } from './forms.js';
import { KeyedList } from './keyed-list.js';
import { Bell, DesktopAlerts } from './ring.js';

/** Story 1: the desk of an owner, with the orders at all their marts. */
export function orderDesk(marts) {
  const names = new Map(marts.map(({ id, name }) => [id, name]));
  const section = $('#desk');
  const list = new KeyedList($('ol', section), row, 50);
  const bell = new Bell($('#sound'));
  const alerts = new DesktopAlerts($('#alerts'));
  $('h2 span', section).textContent = [...names.values()].join(', ');
  section.hidden = false;

  return {
    async load() {
      const lists = await Promise.all(marts.map(({ id }) => request(`orders?martId=${id}`)));
      list.replace(lists.flatMap(({ orders }) => orders));
    },
    on: {
      order(order) {
        if (list.put(order, { fresh: true })) {
          const text = `${order.quantity} × ${order.item}`;
          $('.live', section).textContent = `New order: ${text}, for ${order.customer}`;
          section.dataset.rung = String(Number(section.dataset.rung ?? 0) + (bell.ring() ? 1 : 0));
          alerts.show(`New order at ${names.get(order.martId)}`, `${text}, for ${order.customer}`, `order-${order.id}`);
        }
      },
    },
  };
}

function row(order) {
  return element('li.row', { 'data-id': order.id },
    element('strong.amount', {}, `${order.quantity} ×`),
    element('span.grow', {}, order.item, element('span.quiet.below', {}, order.customer)),
    time(order.placedAt));
}

/** Where everybody orders. */
export async function orderForm() {
  const form = $('#order-form');
  form.elements.martId.replaceChildren(...(await request('marts')).map(({ id, name }) => {
    const option = element('option', { value: id }, name);
    option.selected = id === 7;
    return option;
  }));
  submitWith(form, async ({ martId, item, quantity }) => {
    const order = await request('orders',
      { method: 'POST', body: { martId: Number(martId), item, quantity: quantity === '' ? null : Number(quantity) } });
    return `Ordered: ${order.quantity} × ${order.item}. It rings at ${form.elements.martId.selectedOptions[0].text}.`;
  });
}
