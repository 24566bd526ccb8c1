// Buttons with data-copy put their text on the clipboard and say so for a moment. Without a clipboard (plain http beyond the loopback) the text is selected instead.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  } catch {
    const pre = button.closest(".send-code")?.querySelector("pre");
    if (pre) getSelection().selectAllChildren(pre);
  }
});
