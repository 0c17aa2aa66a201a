import { EventSource } from "eventsource";
const url = "URL", token = "a token";
const note = (type, data) => console.log(`${type}:${data}`);
const show = (data) => note("order", data), reload = () => note("reset", "");
SCRIPT
