const MUTED = 'sse-redis-sample:muted';

/**
 * The bell of the order desk, with a switch that all tabs share. A browser lets no page make a sound before its user has
 * done something on it.
 */
export class Bell {
  #button;
  #audio;

  constructor(button) {
    this.#button = button;
    button.addEventListener('click', () => {
      localStorage.setItem(MUTED, String(!this.#muted));
      this.#show();
    });
    addEventListener('storage', (event) => event.key === MUTED && this.#show());
    for (const gesture of ['pointerdown', 'keydown']) {
      addEventListener(gesture, () => this.#wake(), { once: true });
    }
    this.#show();
  }

  #wake() {
    this.#audio ??= new AudioContext();
    this.#show();
  }

  get #muted() {
    return localStorage.getItem(MUTED) === 'true';
  }

  #show() {
    const waiting = !this.#muted && !this.#audio;
    this.#button.setAttribute('aria-pressed', String(!this.#muted));
    this.#button.firstChild.data = waiting ? 'Sound: click first' : 'Sound';
    this.#button.lastChild.textContent = waiting ? '' : ` ${this.#muted ? 'off' : 'on'}`;
  }

  /** Rings if it may, and tells whether it did. */
  ring() {
    if (this.#muted || !this.#audio) {
      return false;
    }
    this.#strike(880, 0);
    this.#strike(1174.7, 0.16);
    return true;
  }

  #strike(frequency, delay) {
    const at = this.#audio.currentTime + delay;
    const tone = new OscillatorNode(this.#audio, { frequency });
    const volume = new GainNode(this.#audio, { gain: 0.22 });
    volume.gain.setValueAtTime(0.22, at);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 1.1);
    tone.connect(volume).connect(this.#audio.destination);
    tone.start(at);
    tone.stop(at + 1.1);
  }
}

/** Lets the user allow notifications of the desktop, and shows them while nobody looks at the page. */
export class DesktopAlerts {
  constructor(button) {
    const show = () => {
      button.hidden = !('Notification' in window) || Notification.permission !== 'default';
    };
    button.addEventListener('click', async () => {
      await Notification.requestPermission();
      show();
    });
    show();
  }

  /** The same tag for the same thing: of several tabs one notification is seen. */
  show(title, body, tag) {
    if (document.hidden && 'Notification' in window && Notification.permission === 'granted') {
      new Notification(title, { body, tag }).onclick = () => window.focus();
    }
  }
}
