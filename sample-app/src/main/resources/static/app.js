import { ItemList } from './item-list.js';
import { openStream } from './stream.js';

const RETRY_AFTER_FAILURE = 3000;

const $ = (selector) => document.querySelector(selector);

const orders = new ItemList($('#order-list'), (order) => `${order.quantity} × ${order.item}`);
const notifications = new ItemList($('#notification-list'), (notification) => notification.text);
const announcements = new ItemList($('#announcement-list'), (announcement) => announcement.text);

const query = new URLSearchParams(location.search);
let viewer = { user: query.get('user') ?? 'customer-1', martId: query.get('martId') ?? '7' };
let stream;
let wasOpen = false;

function note(text) {
  $('#note').textContent = text;
}

function showState(state) {
  const badge = $('#connection');
  if (badge.dataset.state === state) {
    return;
  }
  if (state === 'open' && wasOpen) {
    note('Connected again; what was missed follows.');
  }
  wasOpen ||= state === 'open';
  badge.dataset.state = state;
  badge.textContent = state;
}

async function request(path, options) {
  const response = await fetch(`/api/${path}`, options);
  if (response.ok) {
    return response.json();
  }
  const problem = await response.json().catch(() => ({}));
  const errors = Object.entries(problem.errors ?? {}).map(([field, message]) => `${field} ${message}`);
  const error = new Error(errors.join(', ') || problem.detail || `status ${response.status}`);
  error.final = response.status < 500;
  throw error;
}

/**
 * Loads the lists and returns the ID after which the stream goes on. One list after the other, and the first ID: what
 * happens between the two queries is in the stream as well. Adds to what is shown, since events may arrive meanwhile.
 */
async function load(current) {
  const orderList = await request('orders?' + new URLSearchParams({ martId: current.martId }));
  const notificationList = await request('notifications?' + new URLSearchParams({ user: current.user }));
  if (current !== viewer) {
    return undefined;
  }
  orders.addAll(orderList.orders, (order) => order.placedAt);
  notifications.addAll(notificationList.notifications, (notification) => notification.sentAt);
  return orderList.lastEventId;
}

/** Does something for the viewer until it works or someone else looks on. */
async function insist(action) {
  const current = viewer;
  while (current === viewer) {
    try {
      return await action(current);
    }
    catch (error) {
      showState('closed');
      note(error.final ? error.message : `${error.message}; trying again.`);
      if (error.final) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_FAILURE));
    }
  }
}

function arrived(list, item, at, text) {
  if (list.add(item, at, true)) {
    note(text);
  }
}

const on = {
  order: (order) => arrived(orders, order, order.placedAt, `New order: ${order.quantity} × ${order.item}`),
  notification: (sent) => arrived(notifications, sent, sent.sentAt, `Notification: ${sent.text}`),
  announcement: (sent) => arrived(announcements, sent, sent.sentAt, `Announcement: ${sent.text}`),
  // Events may be missing. The stream goes on by itself; only the lists have to be loaded again.
  reset: ({ reason }) => insist(async (current) => {
    showState('reset');
    await load(current);
    showState('open');
    note(`Reset (${reason}): the lists were loaded again.`);
  }),
};

function show() {
  stream?.close();
  wasOpen = false;
  note('');
  showState('connecting');
  [orders, notifications, announcements].forEach((list) => list.clear());
  for (const element of document.querySelectorAll('[data-show]')) {
    element.textContent = viewer[element.dataset.show];
  }
  document.title = `Mart ${viewer.martId} · ${viewer.user} · sse-redis sample`;
  history.replaceState(null, '', '?' + new URLSearchParams(viewer));
  insist(async (current) => {
    const { name, port } = await request('instance');
    $('#instance').textContent = `instance ${name} · port ${port}`;
    $('#instance').hidden = false;
    const lastEventId = await load(current);
    if (current === viewer) {
      stream = openStream({ params: current, lastEventId, on, onState: showState });
    }
  });
}

function body(form) {
  const fields = Object.fromEntries(new FormData(form));
  return (form.dataset.post === 'orders')
    ? { ...fields, martId: Number(viewer.martId), quantity: Number(fields.quantity) } : fields;
}

for (const form of document.querySelectorAll('[data-post]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const problem = form.querySelector('.problem');
    try {
      await request(form.dataset.post, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body(form)),
      });
      problem.textContent = '';
    }
    catch (error) {
      problem.textContent = `Not sent: ${error.message}`;
    }
  });
}

$('#viewer').addEventListener('submit', (event) => {
  event.preventDefault();
  viewer = Object.fromEntries(new FormData(event.target));
  show();
});

$('#viewer').elements.user.value = viewer.user;
$('#viewer').elements.martId.value = viewer.martId;
$('[data-post="notifications"]').elements.user.value = viewer.user;
show();
