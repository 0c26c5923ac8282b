// The field above the tags narrows them while it is typed; without a script its form does.
const field = document.querySelector(".narrow input");
const key = (text) => text.normalize("NFC").toLowerCase().replace(/[\s_-]+/g, "");
field.addEventListener("input", () => {
  const wanted = key(field.value);
  for (const group of document.querySelectorAll(".group")) {
    let seen = 0;
    for (const item of group.querySelectorAll("li")) {
      item.hidden = !key(item.dataset.tag).includes(wanted);
      if (!item.hidden) seen++;
    }
    group.hidden = !seen;
  }
});
