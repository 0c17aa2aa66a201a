import { request } from './api.js';
import { $, element } from './dom.js';
import { KeyedList } from './keyed-list.js';

const number = new Intl.NumberFormat();

/** For the administrator: closes campaigns, and sees how far telling their backers is. */
export function campaigns() {
  const section = $('#campaigns');
  const list = new KeyedList($('ol', section), row);
  section.hidden = false;

  $('ol', section).addEventListener('click', ({ target }) => {
    if (target.dataset.action === 'close') {
      // Twice does no harm.
      request(`campaigns/${target.closest('li').dataset.id}/close`, { method: 'POST' });
    }
  });

  return {
    async load() {
      list.replace((await request('campaigns')).campaigns);
    },
    on: {
      // Never back: events of two instances may come in any order.
      campaign(campaign) {
        if (campaign.notified >= (list.get(campaign.id)?.notified ?? 0)) {
          list.put(campaign);
        }
      },
    },
  };
}

function row({ id, title, closedAt, backers, notified }) {
  const state = !closedAt ? [element('button.small', { 'data-action': 'close', 'aria-label': `Close ${title}` }, 'Close')]
    : notified < backers ? [element('progress', { max: backers, value: notified, 'aria-label': `Telling the backers of ${title}` })]
      : [element('span.quiet', {}, 'Closed')];
  return element('li.row', { 'data-id': id },
    element('span.grow', {}, title, element('span.quiet.below', {}, closedAt
      ? `${number.format(notified)} of ${number.format(backers)} backers told` : `${number.format(backers)} backers`)),
    ...state);
}
