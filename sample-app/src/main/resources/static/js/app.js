import { SseClient } from '/sse-client.js';
import { announceForm, announcements } from './announcements.js';
import { csrfToken, request } from './api.js';
import { campaigns } from './campaigns.js';
import { ConnectionStatus } from './connection.js';
import { $ } from './dom.js';
import { notificationCentre } from './notifications.js';
import { orderDesk, orderForm } from './orders.js';
import { videos } from './videos.js';

const status = new ConnectionStatus();

/** What this viewer's page shows; each has a load() and handlers of events. */
function storiesOf(me) {
  const stories = [announcements(), notificationCentre(), videos()];
  if (me.marts.length > 0) {
    stories.push(orderDesk(me.marts));
  }
  if (me.roles.includes('ADMIN')) {
    announceForm();
    stories.push(campaigns());
  }
  return stories;
}

function showViewer({ name, instance }) {
  $('#viewer').textContent = name;
  $('#instance').textContent = `Instance ${instance}`;
  $('#logout').addEventListener('submit', ({ target }) => {
    target.elements._csrf.value = csrfToken();
  });
}

/** Opens the stream where the lists end: what happens between the two is in the stream. */
function openStream(me, stories) {
  const stream = new SseClient('/api/stream', { lastEventId: me.lastEventId, share: `sample:${me.name}` });
  // While lists are loaded anew events wait, or the older list would replace what they have changed.
  let loading = Promise.resolve();
  for (const story of stories) {
    for (const [type, handle] of Object.entries(story.on)) {
      stream.on(type, (data) => loading.then(() => handle(data)));
    }
  }
  stream.on('state', (change) => {
    status.show(change);
    if (change.status === 401) {
      location.assign('/login');
    }
  });
  stream.on('reset', ({ reason }) => {
    loading = loadAll(stories).then(() => status.reloaded(reason), notLoaded);
  });
}

async function loadAll(stories) {
  await Promise.all(stories.map((story) => story.load()));
  document.body.removeAttribute('aria-busy');
}

async function start() {
  // First, and everything else after it: its last event ID is older than what the lists are made from.
  const me = await request('me');
  const stories = storiesOf(me);
  showViewer(me);
  await Promise.all([orderForm(), loadAll(stories)]);
  openStream(me, stories);
}

function notStarted(error) {
  $('#content').hidden = true;
  notLoaded(error);
}

function notLoaded(error) {
  status.failed(`The page could not be loaded: ${error.message}`, () => location.reload());
}

// What a click on the page could not do.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  status.failed(`That did not work: ${event.reason.message}`);
});

start().catch(notStarted);
