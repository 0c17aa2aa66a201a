import { request } from './api.js';
import { $, element, time } from './dom.js';
import { KeyedList } from './keyed-list.js';

const PAGE = 20;

/** Story 2: the notification centre. What another tab reads or deletes is read or deleted here, by events. */
export function notificationCentre() {
  const section = $('#notifications');
  const list = new KeyedList($('ol', section), row);
  const more = $('#older');
  let unreadOnly = false;
  let revision = -1;
  let total = 0;

  // Of two counts the one with the higher revision is true, in whatever order they come.
  function count(unread) {
    if (unread.revision < revision) {
      return;
    }
    revision = unread.revision;
    const badge = $('#badge');
    badge.textContent = unread.count > 99 ? '99+' : unread.count;
    badge.hidden = unread.count === 0;
    $('#bell').setAttribute('aria-label', `Notifications, ${unread.count} unread`);
    if (unread.count === 0 && document.activeElement === $('#read-all')) {
      section.focus();
    }
    $('#read-all').disabled = unread.count === 0;
    document.title = document.title.replace(/^(\(\d+\) )?/, unread.count ? `(${unread.count}) ` : '');
  }

  async function page(number) {
    const found = await request(`notifications?unread=${unreadOnly}&page=${number}`);
    total = found.total;
    count(found.unread);
    return found.notifications.map(numbered);
  }

  function showMore() {
    more.hidden = list.size === 0 || list.size >= total;
  }

  async function load() {
    list.replace(await page(0));
    showMore();
  }

  more.addEventListener('click', async () => {
    // Some may have gone or come since: then the next ones are on two pages, and what is shown already is put once more.
    const last = Math.floor((list.size + PAGE - 1) / PAGE);
    for (let number = Math.floor(list.size / PAGE); number <= last; number++) {
      (await page(number)).forEach((notification) => list.put(notification));
    }
    showMore();
  });

  $('#read-all').addEventListener('click', () => request('notifications/read-all', { method: 'POST' }));

  for (const choice of section.querySelectorAll('[name="filter"]')) {
    choice.addEventListener('change', () => {
      unreadOnly = choice.value === 'unread';
      section.dataset.filter = choice.value;
      load();
    });
  }

  $('ol', section).addEventListener('click', ({ target }) => {
    const id = target.closest('li')?.dataset.notification;
    if (target.dataset.action === 'read') {
      request(`notifications/${id}/read`, { method: 'PATCH' });
    }
    else if (target.dataset.action === 'delete') {
      request(`notifications/${id}`, { method: 'DELETE' });
    }
  });

  function markRead(notification) {
    if (unreadOnly) {
      list.remove(notification.id);
    }
    else {
      list.put({ ...notification, read: true });
    }
  }

  return {
    load,
    on: {
      notification({ notification, unread }) {
        if (list.put(numbered(notification), { fresh: true })) {
          total++;
          $('.live', section).textContent = `New notification: ${notification.message}`;
        }
        count(unread);
      },
      'notification-read'({ id, unread }) {
        list.values().filter((shown) => shown.notification === id && !shown.read).forEach(markRead);
        count(unread);
      },
      'notifications-read'({ unread }) {
        list.values().filter((shown) => shown.revision <= unread.revision && !shown.read).forEach(markRead);
        count(unread);
      },
      'notification-deleted'({ id, unread }) {
        const shown = list.values().find((candidate) => candidate.notification === id);
        if (shown) {
          list.remove(shown.id);
          total--;
        }
        count(unread);
        showMore();
      },
    },
  };
}

// The list is in the order of revisions; IDs come from a sequence that instances take in steps.
function numbered(notification) {
  return { ...notification, id: notification.revision, notification: notification.id };
}

function row({ id, notification, message, link, read, createdAt }) {
  const about = message.length > 50 ? `${message.slice(0, 50)}…` : message;
  const buttons = element('span.actions', {},
    ...(read ? [] : [element('button.small', { 'data-action': 'read', 'aria-label': `Mark as read: ${about}` }, 'Mark read')]),
    element('button.small', { 'data-action': 'delete', 'aria-label': `Delete: ${about}` }, 'Delete'));
  const item = element('li.row.notification', { 'data-id': id, 'data-notification': notification },
    element('span.dot', read ? {} : { role: 'img', 'aria-label': 'Unread' }),
    element('span.grow', {}, element('a', { href: link, ...(!read && { 'data-action': 'read' }) }, message), element('span.meta', {}, time(createdAt), buttons)));
  item.classList.toggle('unread', !read);
  return item;
}
