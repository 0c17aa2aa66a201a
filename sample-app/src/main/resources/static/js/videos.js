import { request } from './api.js';
import { $, element } from './dom.js';
import { submitWith } from './forms.js';
import { KeyedList } from './keyed-list.js';

/** Story 3: uploads, how far their encoding is, and what comes of it. */
export function videos() {
  const section = $('#videos');
  const list = new KeyedList($('ol', section), row, 20);

  submitWith($('form', section), async ({ title }) => {
    await request('videos', { method: 'POST', body: { title } });
    return '';
  });

  // It never goes back, whatever is loaded or comes late.
  function put(video, options) {
    if (video.percent >= (list.get(video.id)?.percent ?? 0)) {
      list.put(video, options);
    }
  }

  return {
    async load() {
      list.replace((await request('videos')).videos);
    },
    on: {
      'video-progress': (video) => put(video, { fresh: true }),
      'video-ready'(video) {
        put(video);
        $('.live', section).textContent = `“${video.title}” is ready.`;
      },
    },
  };
}

function row(video) {
  return element('li.row.video', { 'data-id': video.id },
    video.thumbnailUrl ? element('img', { src: video.thumbnailUrl, alt: '', width: 96, height: 54 })
      : element('span.thumbnail', { 'aria-hidden': 'true' }),
    element('span.grow', {}, video.title, video.videoUrl
      ? element('a.below', { href: video.videoUrl, target: '_blank', 'aria-label': `Watch ${video.title}` }, 'Watch')
      : element('span.progress.below', {},
        element('progress', { max: 100, value: video.percent, 'aria-label': `Encoding ${video.title}` }),
        element('span.quiet', {}, `${video.percent} %`))));
}
