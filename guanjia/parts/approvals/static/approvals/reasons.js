// A tap on what is often said writes it into the field; what was typed stays.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-reason]");
  const field = chip && document.getElementById(chip.dataset.into);
  if (!field) return;
  const typed = field.value.trim();
  field.value = typed && !typed.includes(chip.dataset.reason) ? `${typed}，${chip.dataset.reason}` : chip.dataset.reason;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
