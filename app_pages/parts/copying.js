// Puts a text on the clipboard, with its formatted form where there is one, and says that it did.

const written = async (plain, html) => {
  if (navigator.clipboard && window.isSecureContext) {
    if (html && window.ClipboardItem) {
      const blob = (text, type) => new Blob([text], { type });
      const item = { "text/plain": blob(plain, "text/plain"), "text/html": blob(html, "text/html") };
      await navigator.clipboard.write([new ClipboardItem(item)]);
    } else {
      await navigator.clipboard.writeText(plain);
    }
    return true;
  }
  // Without https browsers offer the older way alone.
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    if (html) event.clipboardData.setData("text/html", html);
  };
  document.addEventListener("copy", fill);
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", fill);
  }
};

export default ({ data, parentElement }) => {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  button.textContent = data.label;
  button.onclick = async () => {
    said.textContent = "";
    try {
      const done = await written(data.plain ?? window.location.href, data.html);
      said.textContent = done ? "Copied." : data.refused;
    } catch {
      said.textContent = data.refused;
    }
  };
};
