/**
 * Says in a sentence what is going on, for who has just pressed a button and wonders; and when all is well again, how it has
 * turned out.
 */
export class Situation {

  /** How the last trouble turns out, once all that it held up has come. */
  #outcome;
  #settling = false;

  /**
   * @param {Object} shown the state of the demo
   * @param {{streamsOpen: boolean, missed: number, underWay: number, waiting: number}} seen by this browser
   * @returns {{tone: string, text: string, detail: string}} the detail changes all the time
   */
  tell(shown, { streamsOpen, missed, underWay, waiting }) {
    if (missed > 0) {
      return { tone: "bad", text: "Events are missing. Whatever is broken, this must not happen.", detail: "" };
    }
    const trouble = troubleOf(shown, streamsOpen, underWay, waiting);
    if (trouble) {
      this.#settling = true;
      this.#outcome = trouble.after ?? this.#outcome;
      return trouble;
    }
    this.#settling &&= underWay > 0;
    if (this.#settling) {
      return { tone: "warn", text: "All is running again, and what was held up is on its way.", detail: `${count(underWay)} under way` };
    }
    return { tone: "good", text: this.#outcome ?? "All is well. Break something: Missed has to stay at 0.", detail: "" };
  }
}

function troubleOf({ redis, instances, cut }, streamsOpen, underWay, waiting) {
  const last = instances.at(-1);
  const other = instances[0];
  if (redis.state !== "running") {
    return {
      tone: "bad", text: "Redis is stopped. The streams stay open, and what is published waits in the instances, in order.",
      detail: waiting > 0 ? `${count(waiting)} waiting` : "", after: "Redis is back. What had waited was published in order, and nothing is missing.",
    };
  }
  if (cut > 0) {
    return {
      tone: "bad", text: "The browser is cut off. The instances go on publishing, and remember what it does not get.",
      detail: underWay > 0 ? `${count(underWay)} to catch up` : "",
      after: "The browser is back. Each stream went on after the last event that it had, and nothing is missing.",
    };
  }
  const back = `Instance ${last.name} is back and has stream 2 again. Nothing is missing.`;
  if (last.state === "stopping" || last.state === "stopped") {
    return {
      tone: "bad", text: `Instance ${last.name} is ${last.state}. Stream 2 goes on after its last event, on instance ${other.name}.`, detail: "",
      after: back,
    };
  }
  if (last.state === "starting") {
    return { tone: "warn", text: `Instance ${last.name} is starting. It reads the newest events from Redis first.`, detail: "", after: back };
  }
  return streamsOpen ? undefined : {
    tone: "warn", text: "The browser connects again, and says which event it had last.", detail: underWay > 0 ? `${count(underWay)} to catch up` : "",
  };
}

function count(events) {
  return events === 1 ? "1 event" : `${new Intl.NumberFormat("en").format(events)} events`;
}
