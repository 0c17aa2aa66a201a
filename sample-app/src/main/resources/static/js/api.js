/** A request that was answered with problem details (RFC 9457). */
export class Problem extends Error {
  constructor(status, details) {
    super(details.detail ?? details.title ?? `Status ${status}`);
    this.status = status;
    /** What is wrong with each field, by its name. */
    this.errors = details.errors ?? {};
  }
}

export function csrfToken() {
  return document.cookie.split('; ').find((cookie) => cookie.startsWith('XSRF-TOKEN='))?.slice('XSRF-TOKEN='.length) ?? '';
}

/** Asks /api/<path>, and returns the JSON of the answer. */
export async function request(path, { method = 'GET', body } = {}) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-XSRF-TOKEN'] = csrfToken();
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await fetch(`/api/${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (response.status === 401) {
    location.assign('/login');
  }
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => ({})));
  }
  return response.status === 204 ? undefined : response.json();
}
