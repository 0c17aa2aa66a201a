/**
 * The client of sse-redis for browsers: one stream of Server-Sent Events that stays open, shared between tabs if wanted.
 *
 *   import { SseClient } from "/sse-client.js";
 *   const client = new SseClient("/api/stream", { lastEventId: list.lastEventId, share: "orders" });
 *   client.on("order", (order) => show(order));
 *   client.on("reset", () => reload());
 *   client.on("state", ({ state, retryIn, caughtUp }) => tell(state, retryIn, caughtUp));
 *
 * @typedef {Object} Message an event as it came
 * @property {string} type
 * @property {string} data its raw text
 * @property {string} lastEventId the ID after which a stream goes on behind it; empty if none is known
 *
 * @typedef {Object} State what became of the connection
 * @property {"connecting" | "open" | "waiting" | "closed"} state closed is final
 * @property {number} [retryIn] milliseconds until the next attempt, while waiting; an estimate if the browser waits by itself
 * @property {number} [caughtUp] how many events a reopened stream brought before it went quiet; told once for each reopening
 * @property {number} [status] the status of the answer because of which it is closed for good
 *
 * @typedef {Object} Options
 * @property {string} [lastEventId] the ID after which the stream begins, as it came with a list
 * @property {string | false} [share] the name under which tabs share one connection; it must tell users apart that use the
 *   same browser. False, the default, for a connection of its own
 * @property {() => Promise<string | null>} [ticket] takes a one-time ticket. Rejects if it should be asked again, null if not
 * @property {boolean} [withCredentials] whether cookies go to another origin
 * @property {string} [resetEvent] sse.reset-event of the server, by default "reset"
 * @property {string} [connectEvent] sse.connect-event of the server, by default "connect"; that it sends none does no harm
 * @property {number} [reconnectTime] sse.reconnect-time of the server in milliseconds, by default 3000, to estimate retryIn
 */

const TICKET_EXPIRED = "ticket-expired";

/** Attempts of our own wait a random time up to this, doubled with each failure. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** A stream that has been open for so long, or has brought an event, was no failure. */
const STABLE = 5_000;

/** What comes after a reopening is caught up until nothing has come for so long, or so long at most. */
const QUIET = 150;
const LONGEST_BURST = 3_000;

/** What a tab remembers of the last messages, to hand them to tabs that join and to know what it has had: number, characters. */
const REMEMBERED = 500;
const REMEMBERED_SIZE = 4_000_000;

/** A tab that joins looks for what it has missed until nothing has come for so long. */
const SEARCH_QUIET = 1_000;

/** So long at most does a tab look for the event at which it meets the others. */
const LONGEST_SEARCH = 15_000;

/** A leader whose stream was refused for good leads for so long, so that the others hear of it first. */
const FAREWELL = 1_000;

/** A stream that stays open, and calls a function with each event by its type. */
export class SseClient {

  #listeners = new Map();
  #resetEvent;
  #feed;
  #state = { state: "connecting" };
  /** Whether the page is put aside: then it must not keep what others wait for, neither the connection nor the lead. */
  #aside = true;
  #ended = new AbortController();

  /**
   * Opens the stream, as soon as the running code has ended: register listeners right away.
   *
   * @param {string} url relative to the page
   * @param {Options} [options]
   */
  constructor(url, options = {}) {
    const settings = { resetEvent: "reset", connectEvent: "connect", reconnectTime: 3_000, ...options };
    const receiver = {
      message: (message) => this.#receive(message),
      position: (message) => this.#receive(message),
      state: (change) => this.#tell(change),
    };
    const Feed = settings.share && globalThis.navigator?.locks && globalThis.BroadcastChannel ? SharedStream : Stream;
    this.#resetEvent = settings.resetEvent;
    this.#feed = new Feed(new URL(url, globalThis.document?.baseURI ?? globalThis.location.href), settings, receiver);
    const { signal } = this.#ended;
    globalThis.addEventListener?.("pagehide", this.#suspend, { signal });
    globalThis.addEventListener?.("pageshow", this.#resume, { signal });
    globalThis.document?.addEventListener("freeze", this.#suspend, { signal });
    globalThis.document?.addEventListener("resume", this.#resume, { signal });
    queueMicrotask(this.#resume);
  }

  /**
   * Calls a function with each event of a type: with its data, parsed if they are JSON and their text if not, and with the
   * message. The types "reset" ({reason, topics}: events may be missing, load anew) and "state" (a State, which is no event of
   * the server) are the client's own.
   *
   * @param {string} type
   * @param {(data: any, message?: Message) => void} listener
   * @returns {() => void} ends it
   */
  on(type, listener) {
    const entry = { listener };
    if (!this.#listeners.has(type)) {
      this.#listeners.set(type, new Set());
      if (type !== "state" && type !== "reset") {
        this.#feed.listen(type);
      }
    }
    this.#listeners.get(type).add(entry);
    return () => this.#listeners.get(type).delete(entry);
  }

  /** The ID of the last event; undefined if none is known. @returns {string | undefined} */
  get lastEventId() {
    return this.#feed.lastEventId;
  }

  /** What became of the connection last. @returns {State} */
  get state() {
    return this.#state;
  }

  /** Closes the stream for good. Other tabs keep theirs. */
  close() {
    if (!this.#ended.signal.aborted) {
      this.#feed.close();
      this.#tell({ state: "closed" });
    }
  }

  #suspend = () => {
    this.#aside = true;
    this.#feed.close();
  };

  #resume = () => {
    if (this.#aside && !this.#ended.signal.aborted) {
      this.#aside = false;
      this.#feed.open();
    }
  };

  #receive(message) {
    const type = message.type === this.#resetEvent ? "reset" : message.type;
    this.#call(type, parsed(message.data), message);
  }

  #tell(change) {
    this.#state = change;
    if (change.state === "closed") {
      this.#ended.abort();
    }
    this.#call("state", change);
  }

  #call(type, ...values) {
    for (const { listener } of [...this.#listeners.get(type) ?? []]) {
      try {
        listener(...values);
      } catch (error) {
        // The mistake of one listener is the page's, and neither another's nor the stream's.
        queueMicrotask(() => { throw error; });
      }
    }
  }
}

/**
 * One connection. An EventSource reconnects by itself after the end of a stream, with the newest ID; after any answer that is
 * no stream it gives up for ever. Then it is made anew here, unless the answer is final. One that is made anew begins after
 * the last event that it has brought: positions that the server sends without an event are known to the browser alone.
 */
class Stream {

  lastEventId;

  #url;
  #settings;
  #receiver;
  #types = new Set();
  #source;
  /** How often the source has been open: a second time the browser has reconnected. */
  #openings = 0;
  /** Changes whenever what is under way is no longer wanted. */
  #attempt = 0;
  #failures = 0;
  #failedAt;
  #reconnectTime;
  #timer;
  #burst;
  #resuming;

  /** @param {boolean} [resuming] whether it goes on with the stream of another tab */
  constructor(url, settings, receiver, resuming = false) {
    this.#url = url;
    this.#settings = settings;
    this.#receiver = receiver;
    this.lastEventId = settings.lastEventId || undefined;
    this.#reconnectTime = settings.reconnectTime;
    this.#resuming = resuming;
    [settings.resetEvent, settings.connectEvent, TICKET_EXPIRED].forEach((type) => this.listen(type));
  }

  listen(type) {
    if (!this.#types.has(type)) {
      this.#types.add(type);
      this.#source?.addEventListener(type, this.#receive);
    }
  }

  async open() {
    this.close();
    const attempt = this.#attempt;
    this.#receiver.state({ state: "connecting" });
    const ticket = await this.#takeTicket();
    if (attempt !== this.#attempt) {
      return;
    }
    if (ticket === null) {
      this.#end();
    } else if (this.#settings.ticket && !ticket) {
      this.#retry();
    } else {
      this.#connect(this.#address(ticket));
    }
  }

  close() {
    this.#attempt++;
    clearTimeout(this.#timer);
    this.#endBurst();
    this.#source?.close();
    this.#source = undefined;
  }

  async #takeTicket() {
    try {
      return await this.#settings.ticket?.();
    } catch {
      return undefined;
    }
  }

  #address(ticket) {
    const address = new URL(this.#url);
    if (ticket) {
      address.searchParams.set("ticket", ticket);
    }
    if (this.lastEventId) {
      address.searchParams.set("lastEventId", this.lastEventId);
    }
    return address.href;
  }

  #connect(address) {
    const source = new EventSource(address, { withCredentials: Boolean(this.#settings.withCredentials) });
    // A server may name its events "open" and "error" too.
    const unlessMessage = (handle) => (event) => event instanceof MessageEvent || handle();
    source.onopen = unlessMessage(() => this.#onOpen());
    source.onerror = unlessMessage(() => this.#onError(address));
    this.#types.forEach((type) => source.addEventListener(type, this.#receive));
    this.#source = source;
    this.#openings = 0;
  }

  #onOpen() {
    this.#openings++;
    if (this.#openings > 1 && this.#settings.ticket) {
      // Its ticket is used up: all that this answer can say is that another one is needed.
      return;
    }
    this.#failedAt = undefined;
    this.#timer = setTimeout(() => { this.#failures = 0; }, STABLE);
    const isLost = this.#resuming && this.#openings === 1 && !this.lastEventId;
    if (this.#resuming) {
      this.#beginBurst();
    }
    this.#resuming = true;
    this.#receiver.state({ state: "open" });
    if (isLost && this.#source) {
      // Made anew, and nobody knows from where on: whether something was missed cannot be known.
      this.#receiver.message(gap(this.#settings.resetEvent));
    }
  }

  #onError(address) {
    clearTimeout(this.#timer);
    this.#endBurst();
    if (this.#source.readyState === EventSource.CLOSED) {
      this.#onRefusal(address);
      return;
    }
    // The browser does not say how long it will wait; what it has waited last is a good guess.
    const now = performance.now();
    if (this.#failedAt !== undefined) {
      this.#reconnectTime = now - this.#failedAt;
    }
    this.#failedAt = now;
    this.#receiver.state({ state: "waiting", retryIn: Math.round(this.#reconnectTime) });
  }

  // The browser keeps the status of the answer to itself, so it is asked for once more.
  async #onRefusal(address) {
    this.close();
    const attempt = this.#attempt;
    const answer = await ask(address, this.#settings.withCredentials);
    if (attempt !== this.#attempt) {
      return;
    }
    if (answer.final) {
      this.#end(answer.status);
    } else {
      this.#retry(answer.retryAfter);
    }
  }

  #retry(least = 0) {
    this.close();
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++);
    const retryIn = Math.round(least + Math.random() * longest);
    this.#timer = setTimeout(() => this.open(), retryIn);
    this.#receiver.state({ state: "waiting", retryIn });
  }

  #end(status) {
    this.close();
    this.#receiver.state({ state: "closed", ...(status && { status }) });
  }

  #receive = (event) => {
    if (event.target !== this.#source || !(event instanceof MessageEvent)) {
      return;
    }
    // What a server writes at an opening has no ID of its own, so it is nothing that was caught up.
    const isNew = event.lastEventId !== (this.lastEventId ?? "");
    this.lastEventId = event.lastEventId || this.lastEventId;
    if (event.type === TICKET_EXPIRED) {
      if (this.#openings > 1) {
        this.open();
      } else {
        // A new ticket, and already used up: something is wrong with tickets, or with clocks.
        this.#retry();
      }
      return;
    }
    this.#failures = 0;
    const message = { type: event.type, data: event.data, lastEventId: this.lastEventId ?? "" };
    if (event.type === this.#settings.connectEvent) {
      // Of this connection alone: where it begins.
      this.#receiver.position(message);
      return;
    }
    if (isNew && event.type !== this.#settings.resetEvent) {
      this.#countBurst();
    }
    this.#receiver.message(message);
  };

  #beginBurst() {
    this.#endBurst();
    const end = () => {
      const { count } = this.#burst;
      this.#endBurst();
      this.#receiver.state({ state: "open", caughtUp: count });
    };
    this.#burst = { count: 0, end, quiet: setTimeout(end, QUIET), longest: setTimeout(end, LONGEST_BURST) };
  }

  #countBurst() {
    if (this.#burst) {
      this.#burst.count++;
      clearTimeout(this.#burst.quiet);
      this.#burst.quiet = setTimeout(this.#burst.end, QUIET);
    }
  }

  #endBurst() {
    clearTimeout(this.#burst?.quiet);
    clearTimeout(this.#burst?.longest);
    this.#burst = undefined;
  }
}

/**
 * The stream of all tabs of a name and a URL. Who holds the lock leads: has the connection, and hands on what it brings over a
 * channel, in order. When the leader goes, the lock goes to another tab, whose stream begins after the last event that it has
 * had. Each tab knows what it has had itself, so it can tell whether a new leader begins at or before that: then it goes on,
 * and drops what it has had. Else, and when it joins, it asks the leader for what came after its own ID. IDs cannot be
 * compared: if the leader does not remember that one, the tab searches with a stream of its own, until that brings an event
 * that the leader has had too, and goes on behind it. While there are no events, there is none to meet at: then it waits,
 * without a stream, and searches when the leader brings one.
 */
class SharedStream {

  lastEventId;

  #url;
  #settings;
  #receiver;
  #name;
  #tab = crypto.randomUUID();
  /** @type {"joining" | "leading" | "following" | "searching" | "waiting" | undefined} undefined before it is opened first */
  #role;
  /** The types of all tabs, as far as this one knows: whoever leads listens to all. */
  #types = new Set();
  /** What this tab has had, without a gap, or may drop. */
  #history = new History();
  /** What the leader brings while this tab cannot tell what it has had of it. */
  #held = new History();
  #channel;
  #stop;
  /** The stream of this tab, to lead or to search, and what ends the search. */
  #stream;
  #endSearch = () => {};
  /** The ID after which a search has found nothing. */
  #searchedAfter;
  /** What the page was told since this tab joined. */
  #state;
  #wasOpen = false;

  constructor(url, settings, receiver) {
    this.#url = url;
    this.#settings = settings;
    this.#receiver = receiver;
    this.#name = `sse-client:${settings.share}:${url}`;
    this.lastEventId = settings.lastEventId || undefined;
    this.#history.restart(this.lastEventId);
  }

  listen(type) {
    this.#learn([type]);
    this.#post({ kind: "types", types: [type] });
  }

  open() {
    const channel = new BroadcastChannel(this.#name);
    channel.onmessage = ({ data }) => {
      if (channel === this.#channel && (data.to === undefined || data.to === this.#tab)) {
        this.#hear(data);
      }
    };
    this.#channel = channel;
    this.#stop = new AbortController();
    this.#join();
    this.#lock(this.#name, () => this.#lead());
  }

  close() {
    this.#stop?.abort();
    this.#endSearch();
    this.#stream?.close();
    this.#stream = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    // Both may be different when this tab returns.
    this.#state = undefined;
    this.#searchedAfter = undefined;
  }

  /** Calls a function once this tab has a lock, which it has until it releases it or leaves. */
  #lock(name, use) {
    const { signal } = this.#stop;
    const hold = () => !signal.aborted && new Promise((release) => {
      signal.addEventListener("abort", release);
      use(release);
    });
    navigator.locks.request(name, { signal }, hold).catch(() => {
      if (!signal.aborted) {
        // No locks for this page, whatever the reason: then it has a stream of its own.
        this.#channel.close();
        this.#channel = undefined;
        this.#lead();
      }
    });
  }

  #lead() {
    this.#endSearch();
    this.#held.restart();
    this.#role = "leading";
    this.#post({ kind: "lead", lastEventId: this.lastEventId });
    this.#openStream(this.#wasOpen, {
      message: (message) => {
        this.#post({ kind: "message", message });
        this.#deliver(message);
      },
      position: (message) => {
        this.#begin(message.lastEventId);
        this.#receiver.position(message);
        this.#post({ kind: "position", lastEventId: message.lastEventId });
      },
      state: (change) => {
        this.#post({ kind: "state", change });
        if (change.state === "closed") {
          setTimeout(() => this.close(), FAREWELL);
        }
        this.#tell(change);
      },
    });
  }

  #hear(data) {
    this.#learn(data.types ?? []);
    switch (data.kind) {
      case "join":
        this.#onJoin(data);
        break;
      case "welcome":
        this.#onWelcome(data);
        break;
      case "lead":
        this.#onLead(data);
        break;
      case "message":
        this.#onMessage(data.message);
        break;
      case "position":
        this.#begin(data.lastEventId);
        break;
      case "state":
        this.#onState(data.change);
        break;
    }
  }

  #learn(types) {
    const unknown = types.filter((type) => !this.#types.has(type));
    unknown.forEach((type) => {
      this.#types.add(type);
      this.#stream?.listen(type);
    });
    if (unknown.length > 0 && this.#role) {
      // What is remembered has no event of these types, though there may have been some.
      this.#history.restart();
    }
  }

  #join() {
    this.#role = "joining";
    this.#held.restart();
    this.#post({ kind: "join", types: [...this.#types], lastEventId: this.lastEventId });
  }

  #onJoin({ from, lastEventId }) {
    if (this.#role === "leading") {
      const missed = lastEventId === undefined ? [] : this.#history.after(lastEventId);
      this.#post({
        kind: "welcome", to: from, types: [...this.#types], missed, lastEventId: this.lastEventId,
        change: this.#state && { ...this.#state, caughtUp: undefined },
      });
    }
  }

  #onWelcome({ missed, lastEventId, change }) {
    if (this.#role !== "joining") {
      return;
    }
    if (!this.#state && change) {
      this.#onState(change);
    }
    if (missed && this.lastEventId === undefined) {
      // It came without an ID: it begins where it joined.
      this.#follow(this.#held.messages);
      this.#begin(lastEventId);
    } else if (missed) {
      this.#follow(missed);
    } else if (this.#searchedAfter !== this.lastEventId) {
      this.#search();
    } else {
      this.#role = "waiting";
      const { messages } = this.#held;
      this.#held.restart();
      messages.forEach((message) => this.#onMessage(message));
    }
  }

  #onLead({ lastEventId }) {
    const goesOn = this.#role === "following"
      && (lastEventId === this.lastEventId || this.#history.after(lastEventId) !== undefined);
    if (this.#role === "joining" || this.#role === "following" && !goesOn) {
      this.#join();
    }
  }

  #onMessage(message) {
    if (this.#role === "following") {
      this.#deliverUnlessKnown(message);
    } else if (this.#role !== "leading") {
      this.#held.add(message);
      if (this.#role !== "joining" && (message.lastEventId === this.lastEventId || this.#history.has(message))) {
        // Met: what was held is before it, and what this tab has had too.
        this.#follow([]);
      } else if (this.#role === "waiting") {
        this.#search();
      }
    }
  }

  #onState(change) {
    if (this.#role !== "leading") {
      if (change.state === "closed") {
        // Final for one is final for all.
        this.close();
      }
      this.#tell(change);
    }
  }

  #follow(messages) {
    this.#endSearch();
    this.#searchedAfter = undefined;
    this.#held.restart();
    this.#role = "following";
    messages.forEach((message) => this.#deliverUnlessKnown(message));
  }

  /** Searches with a stream of its own; one tab at a time, so that all together have two connections at most. */
  #search() {
    this.#role = "searching";
    this.#lock(`${this.#name}:search`, (release) => {
      if (this.#role !== "searching") {
        release();
        return;
      }
      let quiet;
      let longest;
      const whenQuiet = () => {
        if (this.#held.messages.length === 0) {
          this.#endSearch();
          this.#searchedAfter = this.lastEventId;
          this.#join();
        }
      };
      this.#endSearch = () => {
        this.#endSearch = () => {};
        clearTimeout(quiet);
        clearTimeout(longest);
        this.#stream.close();
        this.#stream = undefined;
        release();
      };
      this.#openStream(false, {
        message: (message) => {
          clearTimeout(quiet);
          quiet = setTimeout(whenQuiet, SEARCH_QUIET);
          this.#deliver(message);
          const rest = this.#held.after(message.lastEventId);
          if (rest) {
            this.#follow(rest);
          }
        },
        position: () => {},
        state: ({ state }) => {
          if (state === "open") {
            quiet ??= setTimeout(whenQuiet, SEARCH_QUIET);
            longest ??= setTimeout(() => this.#giveUp(), LONGEST_SEARCH);
          } else if (state === "closed") {
            this.#giveUp();
          }
        },
      });
    });
  }

  // Nothing proves that nothing was missed: the page is told, and goes on with the others.
  #giveUp() {
    const { messages } = this.#held;
    this.#history.restart();
    this.#receiver.message(gap(this.#settings.resetEvent));
    this.#follow(messages);
  }

  #openStream(resuming, receiver) {
    this.#stream = new Stream(this.#url, { ...this.#settings, lastEventId: this.lastEventId }, receiver, resuming);
    this.#types.forEach((type) => this.#stream.listen(type));
    this.#stream.open();
  }

  #begin(lastEventId) {
    if (this.lastEventId === undefined && lastEventId) {
      this.lastEventId = lastEventId;
      this.#history.restart(lastEventId);
    }
  }

  // A new leader may begin before what this tab has had.
  #deliverUnlessKnown(message) {
    if (!this.#history.has(message)) {
      this.#deliver(message);
    }
  }

  #deliver(message) {
    // Of several, one may have made the page close its client.
    if (!this.#stop.signal.aborted) {
      this.#history.add(message);
      this.lastEventId = message.lastEventId || this.lastEventId;
      this.#receiver.message(message);
    }
  }

  #tell(change) {
    this.#state = change;
    this.#wasOpen ||= change.state === "open";
    this.#receiver.state(change);
  }

  #post(data) {
    this.#channel?.postMessage({ from: this.#tab, ...data });
  }
}

/** The last messages of a stream, without a gap, and the ID after which the first of them came, if that is known. */
class History {

  messages = [];
  #size = 0;
  #after;

  /** @param {string} [lastEventId] after which the next message will come; undefined if there may be others between */
  restart(lastEventId) {
    this.messages = [];
    this.#size = 0;
    this.#after = lastEventId;
  }

  add(message) {
    this.messages.push(message);
    this.#size += message.data.length;
    while (this.messages.length > REMEMBERED || this.#size > REMEMBERED_SIZE) {
      const oldest = this.messages.shift();
      this.#size -= oldest.data.length;
      this.#after = oldest.lastEventId;
    }
  }

  /**
   * Whether an event is among them. Those that the server writes at an opening are never: they have the ID of its beginning,
   * which an event before them had first, and are as new as their opening even if they say the same as once before.
   */
  has({ lastEventId, type, data }) {
    if (!lastEventId || lastEventId === this.#after) {
      return false;
    }
    const first = this.messages.find((message) => message.lastEventId === lastEventId);
    return first?.type === type && first.data === data;
  }

  /** The messages after an ID; undefined if that is not known. */
  after(lastEventId) {
    if (!lastEventId) {
      return undefined;
    }
    const last = this.messages.findLastIndex((message) => message.lastEventId === lastEventId);
    return last < 0 && lastEventId !== this.#after ? undefined : this.messages.slice(last + 1);
  }
}

/** Asks for the status of an answer that an EventSource took for none. */
async function ask(address, withCredentials) {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), LONGEST_WAIT);
  try {
    const { status, redirected, headers } = await fetch(address, {
      headers: { Accept: "text/event-stream" },
      cache: "no-store",
      credentials: withCredentials ? "include" : "same-origin",
      signal: deadline.signal,
    });
    const isStream = headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
    const passing = status >= 500 || [408, 425, 429].includes(status);
    // Led to something else, it is a page to log in.
    const final = status === 204 || (status >= 400 && !passing) || (status === 200 && redirected && !isStream);
    return { status, final, retryAfter: Number(headers.get("Retry-After")) * 1_000 || 0 };
  } catch {
    return { final: false };
  } finally {
    clearTimeout(timer);
    // Only the status was wanted.
    deadline.abort();
  }
}

/** What a page is told if events may be missing and the server cannot know of it. */
function gap(resetEvent) {
  return { type: resetEvent, data: JSON.stringify({ reason: "unknown-position", topics: [] }), lastEventId: "" };
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
