// The field above the tags narrows them while it is typed; without a script its form does.
const field = document.querySelector(".narrow input");
const initials = document.querySelectorAll(".initials a"); // in the order of the groups, where there are several
const key = (text) => text.normalize("NFC").toLowerCase().replace(/[\s_-]+/g, "");
field.addEventListener("input", () => {
  const wanted = key(field.value);
  let none = true;
  document.querySelectorAll(".group").forEach((group, i) => {
    let seen = 0;
    for (const item of group.querySelectorAll("li")) {
      item.hidden = !key(item.dataset.tag).includes(wanted);
      if (!item.hidden) seen++;
    }
    group.hidden = !seen;
    if (initials[i]) initials[i].hidden = !seen;
    if (seen) none = false;
  });
  document.querySelector(".state").hidden = !none;
});
