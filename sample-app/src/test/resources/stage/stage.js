import { Audience } from "./audience.js";
import { LagChart } from "./lag-chart.js";
import { Situation } from "./situation.js";

const POLL = 500;
/** What was sent so long ago must have come, if all has been well since. */
const DUE = 10_000;
const LAST_EVENTS = 6;

const byId = (id) => document.getElementById(id);
const format = new Intl.NumberFormat("en");

const parameters = new URLSearchParams(location.search);
const beginning = await (await fetch("/beginning")).json();
let shown = await (await fetch("/state")).json();
/** What had been sent at earlier looks, since when everything has been well. */
let looks = [];
const panels = [];
const situation = new Situation();

/** Changes a text only if it is another: it is asked for with each frame, and somebody may be listening. */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function tell(text, tone) {
  const item = document.createElement("li");
  item.dataset.tone = tone ?? "";
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString("en-GB");
  const words = document.createElement("span");
  words.textContent = text;
  item.append(time, words);
  byId("story").prepend(item);
  while (byId("story").children.length > 50) {
    byId("story").lastElementChild.remove();
  }
}

/** A stream of this browser on the page. */
class StreamPanel {

  #root;
  #title;
  #home;
  #chart;
  #events = [];
  #drawn;
  #wasOpen = false;
  #retryAt;

  constructor(root, number, instance) {
    this.#root = root;
    this.#title = `Stream ${number}`;
    this.#home = instance.name;
    root.append(byId("stream-template").content.cloneNode(true));
    root.querySelector(".title").textContent = `${this.#title} of this browser`;
    this.#chart = new LagChart(root.querySelector("canvas"));
    this.audience = new Audience(instance.stream, beginning, {
      event: (event) => {
        this.#chart.add(event);
        this.#events = [event, ...this.#events].slice(0, LAST_EVENTS);
      },
      state: (state) => this.#onState(state),
      reset: (reason) => this.#onReset(reason),
    });
  }

  #onState({ state, retryIn, caughtUp, status }) {
    this.#wasOpen ||= state === "open";
    this.#chart.mark("gap", this.#wasOpen && state !== "open");
    this.#retryAt = retryIn === undefined ? undefined : Date.now() + retryIn;
    if (caughtUp !== undefined) {
      tell(`${this.#title} resumed on instance ${this.audience.servedBy}: ${events(caughtUp)} caught up.`, "good");
    } else if (state === "closed") {
      tell(`${this.#title} is closed for good (${status}).`, "bad");
    }
  }

  async #onReset(reason) {
    tell(`${this.#title} was told that events may be missing (${reason}): it begins anew.`, "bad");
    this.audience.goOn((await (await fetch("/beginning")).json()).sent);
  }

  draw() {
    const { state, servedBy, received } = this.audience;
    const chip = this.#root.querySelector(".chip");
    const seconds = Math.max(0, Math.ceil((this.#retryAt - Date.now()) / 1_000));
    const words = {
      open: `connected to instance ${servedBy}${servedBy === this.#home ? "" : " instead"}`,
      connecting: "connecting",
      waiting: seconds > 0 ? `reconnecting in ${seconds} s` : "reconnecting",
      closed: "closed",
    }[state.state];
    write(chip, words);
    chip.dataset.tone = { open: "good", closed: "bad" }[state.state] ?? "warn";
    const wire = this.#root.querySelector(".wire");
    wire.dataset.state = state.state;
    wire.dataset.moved = String(state.state === "open" && servedBy !== this.#home);
    write(this.#root.querySelector(".counts"), `${format.format(received)} received`);
    this.#chart.mark("pause", shown.redis.state !== "running");
    this.#chart.draw();
    this.#drawEvents();
  }

  #drawEvents() {
    if (this.#drawn === this.#events) {
      return;
    }
    this.#drawn = this.#events;
    this.#root.querySelector("tbody").replaceChildren(...this.#events.map(({ via, number, lag, caughtUp }) => {
      const row = document.createElement("tr");
      row.dataset.via = via;
      for (const text of [format.format(number), `instance ${via}`, milliseconds(lag), caughtUp ? "caught up" : ""]) {
        row.insertCell().textContent = text;
      }
      return row;
    }));
  }
}

function events(count) {
  return `${format.format(count)} ${count === 1 ? "event" : "events"}`;
}

function milliseconds(lag) {
  return lag < 1_000 ? `${lag} ms` : `${(lag / 1_000).toFixed(1)} s`;
}

function drawInstance({ name, state, port, numbers }) {
  const root = document.querySelector(`.instance[data-name="${name}"]`);
  root.classList.toggle("off", !numbers);
  const chip = root.querySelector(".chip");
  const deaf = state === "running" && numbers && !numbers.receiving;
  write(chip, deaf ? "running, without Redis" : state);
  chip.dataset.tone = deaf ? "warn" : { running: "good", stopped: "bad" }[state] ?? "warn";
  const link = root.querySelector("a");
  write(link, `localhost:${port}`);
  link.href = `http://localhost:${port}`;
  const set = (part, value) => {
    write(root.querySelector(`.${part}`), value === undefined ? "–" : format.format(value));
  };
  set("connections", numbers?.connections);
  set("position", numbers?.position);
  set("pending", numbers?.pending);
  root.querySelector(".pending").classList.toggle("warn", numbers?.pending > 0);
  set("published", shown.sent[name]);
}

function drawControls() {
  const { redis, instances, cut, steady } = shown;
  const last = instances.at(-1);
  byId("steady").setAttribute("aria-pressed", String(steady));
  const mends = (button, running, name) => {
    write(button, `${running ? "Stop" : "Start"} ${name}`);
    button.dataset.mends = String(!running);
  };
  mends(byId("redis"), redis.state === "running", "Redis");
  mends(byId("instance"), ["running", "stopping"].includes(last.state), `instance ${last.name}`);
  byId("instance").disabled = !["running", "stopped"].includes(last.state);
  byId("cut").disabled = cut > 0;
  write(byId("cut"), cut > 0 ? `Cut off for ${Math.ceil(cut / 1_000)} s more` : "Cut the browser off for 10 s");
  document.querySelector(".redis").dataset.state = redis.state;
  write(byId("redis-state"), redis.state);
  byId("redis-state").dataset.tone = redis.state === "running" ? "good" : "bad";
  const waiting = countWaiting();
  write(byId("redis-note"), waiting > 0 && redis.state !== "running" ? `${events(waiting)} waiting` : `port ${redis.port}`);
}

/** How many events Redis has not taken yet. */
function countWaiting() {
  return shown.instances.reduce((sum, { numbers }) => sum + (numbers?.pending ?? 0), 0);
}

function sum(numbers) {
  return Object.values(numbers).reduce((total, number) => total + number, 0);
}

/** How many events since the beginning could not be published, as the publisher was told. */
function countFailed() {
  return Object.entries(shown.failed).reduce((total, [via, ranges]) =>
    ranges.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, beginning.sent[via] + 1) + 1), total), 0);
}

function drawScore() {
  const audiences = panels.map(({ audience }) => audience);
  const failed = countFailed();
  const sent = sum(shown.sent) - sum(beginning.sent);
  const received = Math.min(...audiences.map((audience) => audience.received));
  const missed = audiences.reduce((total, audience) => total + audience.missed(shown.failed, due()), 0);
  const twice = audiences.reduce((total, audience) => total + audience.twice, 0);
  const resumed = audiences.reduce((total, audience) => total + audience.resumed, 0);
  const caughtUp = audiences.reduce((total, audience) => total + audience.caughtUp, 0);
  const resets = audiences.reduce((total, audience) => total + audience.resets, 0);
  const settled = Math.min(...audiences.map((audience) => audience.received + audience.missed(shown.failed)));
  const underWay = Math.max(0, sent - failed - settled);
  write(byId("sent"), format.format(Math.max(sent, received)));
  write(byId("received"), format.format(received));
  write(byId("missed"), format.format(missed));
  write(byId("resumed"), format.format(resumed));
  write(byId("under-way"), (underWay > 0 ? `${format.format(underWay)} under way` : "all have arrived")
    + (failed > 0 ? `, ${format.format(failed)} refused` : ""));
  write(byId("caught-up"), resumed === 0 ? "no stream had to, yet" : `${events(caughtUp)} caught up`);
  document.querySelector(".verdict").dataset.good = String(missed === 0 && twice === 0);
  write(byId("verdict"), twice > 0 ? `${format.format(twice)} came twice`
    : missed > 0 ? "this must not happen"
      : resets > 0 ? `none silently; ${resets} resets` : "none, and none came twice");
  const streamsOpen = audiences.every(({ state, servedBy }) => state.state === "open" || servedBy === undefined);
  drawSituation({ streamsOpen, missed, underWay, waiting: countWaiting() });
}

function drawSituation(seen) {
  const { tone, text, detail } = situation.tell(shown, seen);
  byId("now").dataset.tone = tone;
  write(byId("now").querySelector(".text"), text);
  write(byId("now").querySelector(".detail"), detail);
}

/** What has been sent so long ago that it must have come; undefined while something is broken, or has just been. */
function due() {
  const well = shown.cut === 0 && shown.redis.state === "running" && shown.instances.every(({ state }) => state === "running")
    && panels.every(({ audience }) => audience.state.state === "open");
  if (!well) {
    looks = [];
  }
  return looks.findLast(({ at }) => Date.now() - at > DUE)?.sent;
}

function draw() {
  shown.instances.forEach(drawInstance);
  drawControls();
  panels.forEach((panel) => panel.draw());
  drawScore();
}

function look(state) {
  for (const { name, state: now } of state.instances) {
    const before = shown.instances.find((instance) => instance.name === name).state;
    if (now !== before && ["running", "stopped"].includes(now)) {
      tell(`Instance ${name} ${now === "running" ? "is running again" : "has stopped"}.`);
    }
  }
  if (state.redis.state !== shown.redis.state) {
    tell(state.redis.state === "running" ? "Redis is running again." : "Redis has stopped: events wait in the instances.");
  }
  if (shown.cut > 0 && state.cut === 0) {
    tell("The browser can connect again.");
  }
  shown = state;
  looks.push({ at: Date.now(), sent: state.sent });
  looks = looks.slice(-2 * DUE / POLL);
}

async function poll() {
  try {
    look(await (await fetch("/state")).json());
    byId("problem").textContent = "";
  } catch {
    byId("problem").textContent = "The demo does not answer. It has probably been stopped.";
  }
  setTimeout(poll, POLL);
}

async function control(action) {
  const response = await fetch(`/control/${action}`, { method: "POST", headers: { "X-Stage": "1" }, keepalive: true });
  if (response.ok) {
    look(await response.json());
  } else {
    tell(`This failed: ${await response.text()}`, "bad");
  }
}

byId("burst").addEventListener("click", () => {
  tell("100 events are published, through both instances in turn.");
  control("burst");
});
byId("steady").addEventListener("click", () => control(`steady?on=${!shown.steady}`));
byId("cut").addEventListener("click", () => {
  tell("The browser is cut off from both instances.");
  control(parameters.has("cut") ? `cut?millis=${parameters.get("cut")}` : "cut");
});
byId("instance").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  await control(target.dataset.mends === "true" ? "start-instance" : "stop-instance");
});
byId("redis").addEventListener("click", ({ target }) => control(target.dataset.mends === "true" ? "start-redis" : "stop-redis"));
// Nobody looks on: no more events, until the page is come back to.
addEventListener("pagehide", () => {
  const { steady } = shown;
  control("steady?on=false");
  addEventListener("pageshow", () => control(`steady?on=${steady}`), { once: true });
});

for (const section of document.querySelectorAll(".instance")) {
  section.append(byId("instance-template").content.cloneNode(true));
  section.querySelector(".name").textContent = section.dataset.name;
}
[...document.querySelectorAll(".stream")].forEach((section, index) => {
  panels.push(new StreamPanel(section, index + 1, shown.instances[index]));
});
tell("Two streams are opened, one to each instance.");
await control(`steady?on=${parameters.get("steady") !== "off"}`);
poll();
(function frame() {
  draw();
  requestAnimationFrame(frame);
})();
