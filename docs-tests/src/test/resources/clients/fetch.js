fetchEventSource(url, {
  openWhenHidden: true,
  onclose() { note("closed", ""); },
  onmessage(message) { note(message.event || "message", message.data); },
});
