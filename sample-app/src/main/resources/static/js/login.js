import { csrfToken } from './api.js';

const form = document.querySelector('form');
const message = document.querySelector('#message');
const query = new URLSearchParams(location.search);

if (query.has('error')) {
  show('This user and password do not go together.');
}
else if (query.has('logout')) {
  show('You are logged out. All your streams have ended, on every instance.');
}

function show(text) {
  message.textContent = text;
  message.classList.toggle('bad', query.has('error'));
  message.hidden = false;
}

// At the last moment: another tab may have changed the token.
form.addEventListener('submit', () => {
  form.elements._csrf.value = csrfToken();
});

// To a browser they are two sites, with a login each.
const twin = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[location.hostname];
if (twin) {
  const link = document.querySelector('#second a');
  link.href = `${location.protocol}//${twin}:${location.port}/login`;
  link.textContent = `${twin}:${location.port}`;
  link.parentElement.hidden = false;
}

for (const button of document.querySelectorAll('[data-user]')) {
  button.addEventListener('click', () => {
    form.elements.username.value = button.dataset.user;
    form.elements.password.value = 'password';
    form.requestSubmit();
  });
}
