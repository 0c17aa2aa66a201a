const SPAN = 30_000;
const SHORTEST = 1;
const LONGEST = 30_000;
const LINES = [[1, "1 ms"], [10, "10 ms"], [100, "100 ms"], [1_000, "1 s"], [10_000, "10 s"]];
const LEFT = 56;
const BOTTOM = 20;
const TOP = 6;

/** Draws when events have come, and how long after they were published: each a dot, over a logarithmic scale. */
export class LagChart {

  #canvas;
  #events = [];
  #spans = [];

  constructor(canvas) {
    this.#canvas = canvas;
  }

  add(event) {
    this.#events.push(event);
  }

  /** Marks from when to when something was out of order. */
  mark(kind, isSo) {
    const open = this.#spans.find((span) => span.kind === kind && !span.to);
    if (isSo && !open) {
      this.#spans.push({ kind, from: Date.now() });
    } else if (!isSo && open) {
      open.to = Date.now();
    }
  }

  draw() {
    const now = Date.now();
    this.#events = this.#events.filter(({ at }) => now - at < SPAN);
    this.#spans = this.#spans.filter(({ to }) => !to || now - to < SPAN);
    const { width, height, context, colour } = this.#begin();
    const x = (time) => LEFT + (width - LEFT) * (1 - (now - time) / SPAN);
    const y = (lag) => {
      const part = Math.log(Math.min(LONGEST, Math.max(SHORTEST, lag)) / SHORTEST) / Math.log(LONGEST / SHORTEST);
      return TOP + (height - BOTTOM - TOP - 4) * (1 - part);
    };
    for (const { kind, from, to } of this.#spans) {
      const left = Math.max(LEFT, x(from));
      context.fillStyle = colour(`--${kind}`);
      context.fillRect(left, TOP, Math.max(1, x(to ?? now) - left), height - BOTTOM - TOP);
    }
    this.#drawLines(context, colour, width, height, y);
    for (const { at, lag, via } of this.#events) {
      context.fillStyle = colour(via === "A" ? "--a" : "--b");
      context.beginPath();
      context.arc(x(at), y(lag), 2.2, 0, 2 * Math.PI);
      context.fill();
    }
    this.#canvas.setAttribute("aria-label", this.#words());
  }

  #begin() {
    const canvas = this.#canvas;
    const { clientWidth: width, clientHeight: height } = canvas;
    const scale = window.devicePixelRatio;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const context = canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const style = getComputedStyle(canvas);
    return { width, height, context, colour: (name) => style.getPropertyValue(name) };
  }

  #drawLines(context, colour, width, height, y) {
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "middle";
    context.lineWidth = 1;
    for (const [lag, label] of LINES) {
      const line = Math.round(y(lag)) + .5;
      context.strokeStyle = colour("--line");
      context.beginPath();
      context.moveTo(LEFT, line);
      context.lineTo(width, line);
      context.stroke();
      context.fillStyle = colour("--quiet");
      context.textAlign = "right";
      context.fillText(label, LEFT - 8, line);
    }
    const words = [[0, "30 s ago", "left"], [.5, "15 s", "center"], [1, "now", "right"]];
    for (const [part, label, align] of words) {
      context.textAlign = align;
      context.fillText(label, LEFT + (width - LEFT) * part, height - BOTTOM / 2 + 2);
    }
  }

  #words() {
    const lags = this.#events.map(({ lag }) => lag).sort((one, other) => one - other);
    return lags.length === 0 ? "No events in the last 30 seconds"
      : `${lags.length} events in the last 30 seconds, lag ${lags[lags.length >> 1]} ms at the median, ${lags.at(-1)} ms at most`;
  }
}
