/* What pages do better with a script. Each part below may be missing: every page works without any of them.
 * No part changes what a form sends. */
"use strict";

/* A block of its own: a page that is written again after an upload runs this once more. */
{
  /* ---- errors: the summary is read out first, also where the browser knows no autofocus for it ------------- */
  setTimeout(() => {
    const summary = document.querySelector(".govuk-error-summary");
    if (summary && document.activeElement === document.body) summary.focus();
  }, 300);

  /* A link of the summary leads to the field's label, so that the question is on the screen together with the field. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".govuk-error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".govuk-form-group") || field).scrollIntoView();
    field.focus({ preventScroll: true });
  });

  /* ---- forms: a second press sends nothing --------------------------------------------------------------- */
  const buttonsOf = (form) => form.querySelectorAll("button:not([type=button])");

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    /* After the browser has collected the form: a disabled button would not be sent. */
    setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)));
    if ("upload" in form.dataset && window.FormData) upload(event, form);
  });

  function formReady(form) {
    delete form.dataset.sending;
    buttonsOf(form).forEach((button) => (button.disabled = false));
  }

  /* Coming back by the browser's button shows the page as it was left. */
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(formReady));

  /* ---- upload: how far it is, in a bar and in words ------------------------------------------------------- */
  function upload(event, form) {
    const box = form.querySelector(".upload");
    if (!box || ![...form.querySelectorAll("input[type=file]")].some((input) => input.files.length)) return;
    event.preventDefault();
    const bar = box.querySelector("progress") || box.appendChild(document.createElement("progress"));
    const status = box.querySelector("[role=status]");
    bar.max = 100;
    bar.setAttribute("aria-label", box.dataset.sending);
    const request = new XMLHttpRequest();
    let told = -1;
    request.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.floor((100 * loaded) / total);
      bar.value = percent;
      /* Read out at every quarter only. */
      if (Math.floor(percent / 25) > told) {
        told = Math.floor(percent / 25);
        status.textContent = `${box.dataset.sending} ${percent} %`;
      }
    };
    request.onload = () => {
      if (request.status < 400 && request.responseURL !== form.action) {
        location.assign(request.responseURL);
        return;
      }
      /* A page as the answer itself: this one again with its errors, or the next with what else was entered. */
      document.open();
      document.write(request.responseText);
      document.close();
    };
    request.onerror = request.ontimeout = () => {
      bar.remove();
      status.textContent = box.dataset.failed;
      formReady(form);
    };
    const body = new FormData(form);
    if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
    request.open("POST", form.action);
    request.send(body);
    status.textContent = box.dataset.sending;
  }

  /* The chosen picture is shown, so that a blurred one is noticed before it is sent. Drawn on a canvas: the page's
   * policy allows no pictures from elsewhere. */
  document.addEventListener("change", async ({ target }) => {
    const box = target.type === "file" && target.closest(".upload");
    if (!box) return;
    box.querySelector("canvas")?.remove();
    const file = target.files[0];
    if (!file || !/^image\/(jpeg|png|webp)$/.test(file.type) || !window.createImageBitmap) return;
    try {
      const picture = await createImageBitmap(file, { resizeWidth: 640, resizeQuality: "medium" });
      const canvas = document.createElement("canvas");
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", file.name);
      box.append(canvas);
    } catch {
      /* Not a picture after all: the server will say so. */
    }
  });

  /* ---- officers: single keys, on their pages only, never inside a field, and they can be switched off --------
   * j k next and previous row · o open · / search · ? this list · any other: the element with data-key. */
  const keySwitch = document.querySelector("input[data-key-switch]");

  function keysWanted() {
    try {
      return localStorage.getItem("keys") !== "off";
    } catch {
      return true;
    }
  }

  if (keySwitch) {
    keySwitch.checked = keysWanted();
    keySwitch.addEventListener("change", () => {
      try {
        localStorage.setItem("keys", keySwitch.checked ? "on" : "off");
      } catch {
        /* Storage is closed to us: the choice holds for this page. */
      }
    });
  }

  function rowMove(step) {
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[next]?.querySelector("a")?.focus();
  }

  const KEYS = {
    j: () => rowMove(1),
    k: () => rowMove(-1),
    o: () => document.activeElement?.closest("[data-row]")?.querySelector("a")?.click(),
    "/": () => document.querySelector("input[type=search]")?.focus(),
    "?": () => {
      const help = document.getElementById("keys");
      help.open = !help.open;
      help.querySelector("summary").focus();
    },
  };

  if (keySwitch)
    document.addEventListener("keydown", (event) => {
      if (!keySwitch.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
      const named = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
      if (!KEYS[event.key] && !named) return;
      event.preventDefault();
      if (KEYS[event.key]) KEYS[event.key]();
      else named.click();
    });
}
