import { $ } from './dom.js';

/**
 * Sends a form by script, and shows at each field what is wrong with it.
 *
 * @param {HTMLFormElement} form
 * @param {function(Object<string, string>): Promise<string>} send resolves to what is said when it has worked
 */
export function submitWith(form, send) {
  const note = $('.note', form);
  form.noValidate = true;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.ariaBusy === 'true') {
      return;
    }
    // Its button is not disabled: whoever is on it would be nowhere.
    form.ariaBusy = 'true';
    say(note, '');
    mark(form, {});
    try {
      say(note, await send(Object.fromEntries(new FormData(form))));
    }
    catch (problem) {
      const errors = problem.errors ?? {};
      mark(form, errors);
      say(note, Object.keys(errors).length ? '' : problem.message, true);
    }
    finally {
      form.ariaBusy = null;
    }
  });
}

function say(note, text, bad = false) {
  note.textContent = text;
  note.classList.toggle('bad', bad);
}

function mark(form, errors) {
  let first;
  for (const field of form.querySelectorAll('.field')) {
    const input = $('[name]', field);
    const message = errors[input.name];
    $('.error', field).textContent = message ? `${message[0].toUpperCase()}${message.slice(1)}.` : '';
    input.toggleAttribute('aria-invalid', Boolean(message));
    first ??= message && input;
  }
  first?.focus();
}
