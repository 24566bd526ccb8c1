// Buttons with data-passkey have the browser show or make a passkey (Web Authentication), put what it says into the form's hidden field, and send the form.
(() => {
  'use strict';
  const words = {
    NotAllowedError: 'It was called off, or there is no passkey for this server on this device.',
    InvalidStateError: 'This device has a passkey of this account already.',
    SecurityError: 'Browsers take passkeys only under this server\u2019s own host name, by https or as localhost.',
  };

  const ask = async button => {
    if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) throw new Error('This browser knows no passkeys, or is too old for them.');
    const answer = await fetch(button.dataset.passkey, { method: 'POST', headers: { Accept: 'application/json' } });
    // What stands in between, a proxy for one, answers in words of its own.
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok || !said.challenge) throw new Error(said.detail ?? 'The server did not answer as it should. Try again.');
    return button.dataset.passkeyDoes === 'make'
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(said) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(said) });
  };

  document.addEventListener('click', async event => {
    const button = event.target.closest?.('button[data-passkey]');
    if (!button) return;
    event.preventDefault();
    const form = button.form;
    const fault = form.querySelector('[data-passkey-fault]');
    // Of a form that makes one the other fields count; one that shows one needs no more.
    if (button.dataset.passkeyDoes === 'make' && !form.reportValidity()) return;
    fault.hidden = true;
    button.disabled = true;
    try {
      const credential = await ask(button);
      form.elements['Form.Passkey'].value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      fault.textContent = words[error.name] ?? error.message;
      fault.hidden = false;
      button.disabled = false;
    }
  });
})();
