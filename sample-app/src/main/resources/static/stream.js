const RETRY_AFTER_REFUSAL = 5000;

/**
 * Opens /api/stream, and keeps it open: an EventSource and what a page has to know of it.
 *
 * @param {Object} options
 * @param {Object<string, string>} options.params whose stream
 * @param {string} options.lastEventId the ID after which it goes on, as it came with the list
 * @param {Object<string, function(Object)>} options.on what to do with an event, by type
 * @param {function(string)} options.onState told 'open', 'reconnecting' or 'closed'
 * @returns {{close: function()}}
 */
export function openStream({ params, lastEventId, on, onState }) {
  let source;
  let retry;

  function open() {
    // A new EventSource cannot send a header; when it reconnects by itself it does, and the header wins.
    source = new EventSource('/api/stream?' + new URLSearchParams({ ...params, lastEventId }));
    source.onopen = () => onState('open');
    source.onerror = () => {
      if (source.readyState === EventSource.CONNECTING) {
        onState('reconnecting');
        return;
      }
      // After any answer but 200 a browser gives up for ever.
      onState('closed');
      retry = setTimeout(open, RETRY_AFTER_REFUSAL);
    };
    for (const [type, handle] of Object.entries(on)) {
      source.addEventListener(type, (event) => {
        lastEventId = event.lastEventId || lastEventId;
        handle(JSON.parse(event.data));
      });
    }
  }

  open();
  return {
    close() {
      clearTimeout(retry);
      source.close();
    },
  };
}
