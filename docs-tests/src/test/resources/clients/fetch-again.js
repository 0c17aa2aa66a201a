fetchEventSource(url, {
  openWhenHidden: true,
  onclose() { throw new Error("comes back"); },
  onmessage(message) { note(message.event || "message", message.data); },
});
