import { request } from './api.js';
import { $, time } from './dom.js';
import { submitWith } from './forms.js';

const DISMISSED = 'sse-redis-sample:announcement';

/** What the administrator tells everybody: the newest, until it is put away. */
export function announcements() {
  const banner = $('#announcement');
  let shown = Number(localStorage.getItem(DISMISSED) ?? 0);

  function show(announcement) {
    if (announcement && announcement.id > shown) {
      shown = announcement.id;
      $('.text', banner).textContent = announcement.text;
      $('.when', banner).replaceChildren(time(announcement.sentAt));
      banner.hidden = false;
    }
  }

  $('button', banner).addEventListener('click', () => {
    localStorage.setItem(DISMISSED, String(shown));
    banner.hidden = true;
  });

  return {
    async load() {
      show((await request('announcements')).announcements[0]);
    },
    on: { announcement: show },
  };
}

/** For the administrator. */
export function announceForm() {
  $('#announce').hidden = false;
  submitWith($('#announce form'), async ({ text }) => {
    await request('announcements', { method: 'POST', body: { text } });
    return 'Everybody has it.';
  });
}
