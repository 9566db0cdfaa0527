// Asks the server for a file and saves it, or says beside the button why there is none.

const saved = async (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Browsers read the file after the click; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

export default ({ data, parentElement }) => {
  const button = parentElement.querySelector("button");
  const doing = parentElement.querySelector("[role=status]");
  const fault = parentElement.querySelector("[role=alert]");
  button.textContent = data.label;
  button.onclick = async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    doing.textContent = data.doing;
    fault.textContent = "";
    try {
      const answer = await fetch(new URL(data.address, document.baseURI), { cache: "no-store" });
      if (answer.ok) {
        await saved(await answer.blob(), data.name);
      } else {
        // Only our own server answers a fault with a sentence; a proxy answers with a page of its own.
        const ours = (answer.headers.get("content-type") ?? "").startsWith("text/plain");
        fault.textContent = ours ? await answer.text() : data.lost;
      }
    } catch {
      fault.textContent = data.lost;
    } finally {
      doing.textContent = "";
      button.removeAttribute("aria-busy");
    }
  };
};
