const source = new EventSource(url);
source.onmessage = (event) => note("message", event.data);
source.addEventListener("order", (event) => note("order", event.data));
