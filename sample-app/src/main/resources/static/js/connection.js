import { $ } from './dom.js';

const SAY_FOR = 6000;

/**
 * Tells how the stream is: a word in the header, and a line when something has happened. Who listens to the page hears
 * each change once, not every second of a countdown.
 */
export class ConnectionStatus {
  #pill = $('#connection');
  #line = $('#line');
  #countdown;
  #silence;

  /** @param {{state: string, retryIn: ?number, caughtUp: ?number}} change as SseClient tells it */
  show({ state, retryIn, caughtUp }) {
    clearInterval(this.#countdown);
    this.#pill.dataset.state = state;
    if (state === 'open') {
      this.#pill.textContent = 'Live';
      if (caughtUp !== undefined && caughtUp !== null) {
        this.#say(`Back online. ${caughtUp} event${caughtUp === 1 ? '' : 's'} caught up.`, 'resumed');
      }
      else if (this.#line.dataset.kind === 'offline') {
        this.#quiet();
      }
    }
    else if (state === 'waiting') {
      this.#pill.textContent = 'Offline';
      this.#wait(retryIn ?? 0);
    }
    else {
      this.#pill.textContent = state === 'closed' ? 'Closed' : 'Connecting';
    }
  }

  reloaded(reason) {
    this.#say(`Some events may be missing (${reason}), so everything was reloaded.`, 'reset');
  }

  /** Says what did not work, and offers to try again if there is a way. */
  failed(message, retry) {
    this.#say(message, 'failed');
    if (retry) {
      const button = document.createElement('button');
      button.className = 'small';
      button.textContent = 'Try again';
      button.addEventListener('click', retry, { once: true });
      this.#line.append(button);
      clearTimeout(this.#silence);
    }
  }

  #wait(retryIn) {
    const end = Date.now() + retryIn;
    const left = document.createElement('span');
    left.setAttribute('aria-hidden', 'true');
    const tick = () => {
      left.textContent = ` in ${Math.max(1, Math.ceil((end - Date.now()) / 1000))} s`;
    };
    this.#say('Offline. Reconnecting', 'offline');
    clearTimeout(this.#silence);
    this.#line.append(left);
    tick();
    this.#countdown = setInterval(tick, 250);
  }

  #say(text, kind) {
    this.#line.textContent = text;
    this.#line.dataset.kind = kind;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#quiet(), SAY_FOR);
  }

  #quiet() {
    this.#line.textContent = '';
    delete this.#line.dataset.kind;
  }
}
