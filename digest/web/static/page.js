// Every page works without this file. It fills in the reader's time zone and tries topics as
// they are typed.
"use strict";

for (const field of document.querySelectorAll("input[data-zone]")) {
  if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const said = document.querySelector("[data-zone-said]");
  if (said) said.textContent = field.value;
}

for (const box of document.querySelectorAll("[data-try]")) {
  const shown = document.getElementById(box.dataset.try);
  let waiting, asked = "";
  const typedTopic = () => {
    const before = box.value.slice(0, box.selectionStart ?? box.value.length);
    return box.value.split("\n")[before.split("\n").length - 1].trim();
  };
  const show = async () => {
    const topic = typedTopic();
    if (topic === asked) return;
    asked = topic;
    if (topic.length < 2) return shown.replaceChildren();
    const answer = await fetch("/try?q=" + encodeURIComponent(topic));
    if (answer.ok && topic === asked) shown.innerHTML = await answer.text();
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 350);
  });
}
