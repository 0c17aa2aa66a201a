const source = new EventSourcePolyfill(url);
source.onmessage = (event) => note("message", event.data);
source.addEventListener("order", (event) => note("order", event.data));
