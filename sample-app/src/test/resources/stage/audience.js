import { SseClient } from "./sse-client.js";

/**
 * A stream of this browser, and what it has received. What an instance publishes has consecutive numbers and arrives in
 * order, so a number that is left out is an event that was missed.
 */
export class Audience {

  state = { state: "connecting" };
  servedBy;
  received = 0;
  twice = 0;
  resumed = 0;
  caughtUp = 0;
  resets = 0;
  /** When it was opened last; undefined while it is not open. */
  openedAt;

  #base;
  #newest;
  #missing = new Set();
  #listener;
  #opened = false;

  /**
   * @param {string} url
   * @param {{lastEventId: string, sent: Object<string, number>}} beginning
   * @param {{event: function, state: function, reset: function}} listener
   */
  constructor(url, beginning, listener) {
    this.#listener = listener;
    this.#base = beginning.sent;
    this.#newest = { ...beginning.sent };
    const client = new SseClient(url, { lastEventId: beginning.lastEventId, reconnectTime: 1_000 });
    client.on("stage", (event) => this.#receive(event));
    client.on("instance", (name) => { this.servedBy = name; });
    client.on("reset", ({ reason }) => this.#reset(reason));
    client.on("state", (state) => this.#change(state));
  }

  /**
   * How many events have been left out, or are due and have not come. Not those of which the publisher was told that they
   * could not be published.
   */
  missed(failed, due = {}) {
    const missing = new Set(this.#missing);
    for (const [via, last] of Object.entries(due)) {
      for (let number = this.#newest[via] + 1; number <= last; number++) {
        missing.add(`${via}${number}`);
      }
    }
    for (const [via, ranges] of Object.entries(failed)) {
      for (const { from, to } of ranges) {
        for (let number = Math.max(from, this.#base[via] + 1); number <= to; number++) {
          missing.delete(`${via}${number}`);
        }
      }
    }
    return missing.size;
  }

  /** Where it goes on after a reset: what was before is known to be uncertain. */
  goOn(sent) {
    this.#base = sent;
    for (const [via, number] of Object.entries(sent)) {
      this.#newest[via] = Math.max(this.#newest[via], number);
    }
  }

  #receive({ via, number, at }) {
    const now = Date.now();
    const newest = this.#newest[via];
    if (number > newest) {
      for (let missing = newest + 1; missing < number; missing++) {
        this.#missing.add(`${via}${missing}`);
      }
      this.#newest[via] = number;
      this.received++;
    } else if (this.#missing.delete(`${via}${number}`)) {
      this.received++;
    } else if (number > this.#base[via]) {
      this.twice++;
    }
    const caughtUp = this.resumed > 0 && at < this.openedAt;
    this.#listener.event({ via, number, at: now, lag: Math.max(0, now - at), caughtUp });
  }

  #change(state) {
    if (state.state === "open" && this.state.state !== "open") {
      this.openedAt = Date.now();
      if (this.#opened) {
        this.resumed++;
      }
      this.#opened = true;
    }
    if (state.state !== "open") {
      this.openedAt = undefined;
    }
    this.caughtUp += state.caughtUp ?? 0;
    this.state = state;
    this.#listener.state(state);
  }

  #reset(reason) {
    this.resets++;
    this.#listener.reset(reason);
  }
}
