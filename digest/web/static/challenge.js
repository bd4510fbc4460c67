// Solves the proof-of-work challenge of a form (ALTCHA, https://altcha.org) while it is filled in,
// and holds the form back until it has been open for two seconds. Without this file forms work
// too, until many sign-ups come in at once.
"use strict";

const LEAST_TIME = 2100;
const LIFETIME = 100 * 60 * 1000;
// Most sign-ups are let in without a solution, so a slow browser sends the form without one in the
// end. A form that was sent back may need it.
const PATIENCE = 20 * 1000;
const PATIENCE_WHEN_SENT_BACK = 180 * 1000;
const shownAt = performance.now();

const octets = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const solve = async (challenge) => {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(octets(nonce));
  const counterAt = new DataView(password.buffer, nonce.length / 2);
  const method = { name: "PBKDF2", hash: "SHA-256", salt: octets(salt), iterations: cost };
  for (let counter = 0; ; counter++) {
    counterAt.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derived = new Uint8Array(await crypto.subtle.deriveBits(method, key, keyLength * 8));
    const derivedKey = hex(derived);
    if (derivedKey.startsWith(keyPrefix)) return { challenge, solution: { counter, derivedKey } };
  }
};

const solved = async () => {
  const answer = await fetch("/api/v1/challenge");
  return answer.ok ? btoa(JSON.stringify(await solve(await answer.json()))) : "";
};

const within = (promise, milliseconds) =>
  Promise.race([promise, new Promise((wake) => setTimeout(wake, milliseconds, ""))]);

const isOurs = (form, submitter) => !submitter?.hasAttribute("formaction") && !!form.opened;

for (const form of document.querySelectorAll("form[data-guarded]")) {
  const patience = form.querySelector("[role=alert]") ? PATIENCE_WHEN_SENT_BACK : PATIENCE;
  let solution, startedAt = -LIFETIME, isReady = false;
  const start = () => {
    if (!form.altcha || performance.now() - startedAt < LIFETIME) return;
    startedAt = performance.now();
    solution = solved().catch(() => "");
  };
  form.addEventListener("focusin", start);
  form.addEventListener("submit", async (event) => {
    if (isReady || !isOurs(form, event.submitter)) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    start();
    if (form.altcha) form.altcha.value = await within(solution, patience);
    const left = LEAST_TIME - (performance.now() - shownAt);
    if (left > 0) await new Promise((wake) => setTimeout(wake, left));
    isReady = true;
    form.requestSubmit(event.submitter);
  });
  // Who comes back with the Back button finds a form that can be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isReady = false;
    startedAt = -LIFETIME;
    form.ariaBusy = "false";
  });
}
