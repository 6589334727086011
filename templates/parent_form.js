"use strict";
(() => {
  const page = document.documentElement;
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const form = document.getElementById("form");
  const all = (what, within = document) => Array.from(within.querySelectorAll(what));
  const one = (what, within = document) => within.querySelector(what);
  let unsaved = false;

  // ---- what the page says

  function say(words) {
    const place = document.getElementById("status");
    place.textContent = "";
    // Said anew even when the words are the same as before.
    setTimeout(() => { place.textContent = words; }, 50);
  }

  function ask(head, words, yes) {
    const dialog = document.getElementById("ask");
    document.getElementById("ask-head").textContent = head;
    document.getElementById("ask-words").textContent = words;
    document.getElementById("ask-yes").textContent = yes;
    return new Promise((answered) => {
      const close = (answer) => { dialog.close(); answered(answer); };
      document.getElementById("ask-yes").onclick = () => close(true);
      document.getElementById("ask-no").onclick = () => close(false);
      dialog.oncancel = () => answered(false);
      dialog.showModal();
    });
  }

  // ---- the check a saved file ends with: CRC-32 of what stands before it

  const table = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n >>> 0;
  });

  function check(text) {
    let sum = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
    return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
  }

  // ---- from the page to a file

  const worded = (field) => (field.value.trim() ? field.value : "");

  function answerOf(block) {
    const said = {};
    const options = {};
    for (const box of all("[data-option]", block)) {
      if (!box.checked) continue;
      const typed = {};
      for (const field of all(`[data-blanks="${box.dataset.option}"] [data-blank]`, block)) {
        if (worded(field)) typed[field.dataset.blank] = field.value;
      }
      options[box.dataset.option] = typed;
    }
    if (Object.keys(options).length) said.options = options;
    for (const field of all("[data-part]", block)) if (worded(field)) said[field.dataset.part] = field.value;
    const told = all("[data-told]", block).find((radio) => radio.checked);
    if (told && said.offered) said.offer_may_be_told = told.value === "yes";
    return Object.keys(said).length ? said : null;
  }

  function topicOf(section) {
    if (one("[data-declined]", section).checked) return { declined: true };
    const said = {};
    const children = {};
    for (const block of all("[data-answer]", section)) {
      const answer = block.hidden ? null : answerOf(block);
      if (answer && block.dataset.answer) children[block.dataset.answer] = answer;
      else if (answer) said.all = answer;
    }
    if (Object.keys(children).length) said.children = children;
    return Object.keys(said).length ? said : null;
  }

  function answers() {
    const topics = {};
    for (const section of all("[data-topic]")) {
      const said = topicOf(section);
      if (said) topics[section.dataset.topic] = said;
    }
    const review = {};
    const when = all("[data-review]").find((radio) => radio.checked && radio.value);
    if (when) review.months = Number(when.value);
    for (const part of ["words", "sooner"]) {
      const field = document.getElementById(`review-${part}`);
      if (worded(field)) review[part] = field.value;
    }
    return { topics, review, anything_else: worded(document.getElementById("else-anything_else")) };
  }

  function fileText() {
    const whole = {
      form: facts.form, version: facts.version, token: facts.token, for: facts.side,
      saved_at: new Date().toISOString(), answers: answers(),
    };
    const covered = JSON.stringify(whole, null, 1).slice(0, -2);
    return `${covered},\n "check": "${check(covered)}"\n}\n`;
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([fileText()], { type: "application/json" }));
    link.download = facts.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved = false;
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    say(`Saved at ${time} as ${facts.file}, in your downloads.`);
  }

  // ---- from a file to the page

  class Refused extends Error {}

  function read(text) {
    const clean = text.replace(/^\ufeff/, "").replace(/\r\n/g, "\n");
    let found;
    try { found = JSON.parse(clean); } catch { throw new Refused("This file is damaged, or is not a file of answers. Choose another."); }
    if (!found || found.form !== facts.form) throw new Refused(`This is not a file of answers. Choose the file called ${facts.file}.`);
    const covered = clean.slice(0, Math.max(clean.lastIndexOf('"check"'), 0)).trimEnd().replace(/,$/, "");
    if (found.check !== check(covered)) throw new Refused("This file is damaged. Choose another one that you saved.");
    if (found.version !== facts.version || found.token !== facts.token || found.for !== facts.side) {
      throw new Refused("This file was saved from another form. It belongs to the form it was saved from.");
    }
    return found.answers;
  }

  function putAnswer(block, said) {
    let left = 0;
    for (const [key, typed] of Object.entries(said.options || {})) {
      const box = one(`[data-option="${CSS.escape(key)}"]`, block);
      if (!box) { left += 1; continue; }
      box.checked = true;
      for (const [blank, words] of Object.entries(typed)) {
        const field = one(`[data-blanks="${CSS.escape(key)}"] [data-blank="${CSS.escape(blank)}"]`, block);
        if (field) field.value = words;
        if (!field || field.value !== words) left += 1;
      }
    }
    for (const field of all("[data-part]", block)) field.value = said[field.dataset.part] || "";
    for (const radio of all("[data-told]", block)) {
      radio.checked = typeof said.offer_may_be_told === "boolean" && said.offer_may_be_told === (radio.value === "yes");
    }
    return left;
  }

  function putTopic(section, said) {
    one("[data-declined]", section).checked = Boolean(said.declined);
    let left = said.all ? putAnswer(one('[data-answer=""]', section), said.all) : 0;
    for (const [child, answer] of Object.entries(said.children || {})) {
      const box = one(`[data-differs="${CSS.escape(child)}"]`, section);
      if (!box) { left += 1; continue; }
      box.checked = true;
      left += putAnswer(one(`[data-answer="${CSS.escape(child)}"]`, section), answer);
    }
    return left;
  }

  /** Puts the answers in the place of what is on the page; how many of them this form has no place for. */
  function put(found) {
    form.reset();
    let left = 0;
    for (const [key, said] of Object.entries(found.topics || {})) {
      const section = one(`[data-topic="${CSS.escape(key)}"]`);
      if (section) left += putTopic(section, said); else left += 1;
    }
    const review = found.review || {};
    for (const radio of all("[data-review]")) radio.checked = Boolean(radio.value) && Number(radio.value) === review.months;
    for (const part of ["words", "sooner"]) document.getElementById(`review-${part}`).value = review[part] || "";
    document.getElementById("else-anything_else").value = found.anything_else || "";
    refresh();
    return left;
  }

  async function load(field) {
    const file = field.files[0];
    if (!file) return;
    const error = document.getElementById("load-error");
    error.hidden = true;
    field.removeAttribute("aria-invalid");
    try {
      if (file.size > facts.most_bytes) throw new Refused("This file is too large to be a file of answers.");
      const found = read(await file.text());
      if (unsaved && !(await ask("Put the saved answers on this page?", "They take the place of what you have typed here and not saved.", "Yes, use the saved file"))) return;
      const left = put(found);
      unsaved = false;
      say(left ? `Your answers are back, except ${left} that this form has no place for. Keep the old file.` : "Your answers are back on this page.");
    } catch (wrong) {
      error.textContent = wrong instanceof Refused ? wrong.message : "This file cannot be read. Choose another.";
      error.hidden = false;
      field.setAttribute("aria-invalid", "true");
      say(error.textContent);
    } finally {
      field.value = "";
    }
  }

  // ---- keeping the page in step with what was typed

  function mirror(field) {
    field.classList.toggle("filled", Boolean(worded(field)));
    field.nextElementSibling.textContent = field.value;
  }

  /** Shows ready-made wording that is ticked with what was typed into it. */
  function wordedOut(box) {
    const option = box.closest(".option");
    for (const place of all("[data-ask]", option)) {
      place.dataset.open = place.dataset.open || place.textContent;
      const field = one(`[data-blank="${place.dataset.ask}"]`, option);
      const given = box.checked && Boolean(worded(field));
      place.textContent = given ? field.value.trim() : place.dataset.open;
      place.classList.toggle("given", given);
    }
  }

  function refreshTopic(section) {
    for (const box of all("[data-option]", section)) {
      const blanks = one(`[data-blanks="${box.dataset.option}"]`, box.closest("[data-answer]"));
      if (blanks) blanks.hidden = !box.checked;
      wordedOut(box);
    }
    for (const box of all("[data-differs]", section)) {
      one(`[data-answer="${box.dataset.differs}"]`, section).hidden = !box.checked;
    }
    const declined = one("[data-declined]", section).checked;
    one(".answers", section).hidden = declined;
    one(".declined-hint", section).hidden = !declined;
    const state = one(".state", section);
    const said = topicOf(section);
    state.textContent = declined ? "Would rather not say" : said ? "Answered" : "Not answered";
    state.classList.toggle("done", Boolean(said));
  }

  function progress() {
    const sections = all("[data-topic]");
    const done = sections.filter((section) => one(".state.done", section)).length;
    document.getElementById("progress").textContent = `${done} of ${sections.length} topics answered. You choose which.`;
  }

  function refresh() {
    all("[data-topic]").forEach(refreshTopic);
    all("textarea").forEach(mirror);
    progress();
  }

  function changed(event) {
    unsaved = true;
    if (event.target.matches("textarea")) mirror(event.target);
    const section = event.target.closest("[data-topic]");
    if (section) { refreshTopic(section); progress(); }
    if (event.type === "change" && event.target.matches("[data-differs]") && !event.target.checked) {
      say("What you wrote only for this child stays out of the saved file.");
    }
  }

  // ---- topics fold

  function fold(button, open) {
    button.setAttribute("aria-expanded", String(open));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
  }

  function foldable(section) {
    const head = one(".topic-head", section);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.setAttribute("aria-controls", `b-${section.dataset.topic}`);
    const state = document.createElement("span");
    state.className = "state";
    button.append(...head.childNodes, " ", state);
    head.append(button);
    fold(button, false);
    button.addEventListener("click", () => fold(button, button.getAttribute("aria-expanded") !== "true"));
  }

  function unfold(button) {
    const open = button.getAttribute("aria-expanded") !== "true";
    all(".fold").forEach((each) => fold(each, open));
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Close all topics" : "Open all topics";
  }

  // ---- clearing and leaving

  async function clear() {
    if (!(await ask("Clear everything on this page?", "Files you have saved stay where they are.", "Yes, clear everything"))) return;
    form.reset();
    refresh();
    unsaved = false;
    say("Everything on this page is cleared.");
  }

  function leave(event) {
    event.preventDefault();
    unsaved = false;
    form.reset();
    document.body.textContent = "";
    document.title = " ";
    location.replace("about:blank");
  }

  const doing = { save, clear, unfold, print: () => window.print() };
  all("[data-topic]").forEach(foldable);
  refresh();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  all("[data-do]").forEach((button) => button.addEventListener("click", () => doing[button.dataset.do](button)));
  document.getElementById("load").addEventListener("change", (event) => load(event.target));
  document.getElementById("leave").addEventListener("click", leave);
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved) return;
    event.preventDefault();
    event.returnValue = "";
  });
  // Last, so that a browser in which something above fails shows the paper form.
  page.className = "with-script";
})();
