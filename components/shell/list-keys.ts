/**
 * `J` and `K` in lists. A list marks the element of each row that takes the focus with `data-row`; rows that show what
 * they stand for beside the list (`data-row="follow"`) are pressed as well, so that the reader can walk through them.
 */
export function moveInList(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')];
  const here = rows.findIndex((row) => row.matches(':focus'));
  const chosen = here >= 0 ? here : rows.findIndex((row) => row.getAttribute('aria-pressed') === 'true');
  const next = rows[chosen < 0 ? 0 : chosen + by];
  if (next === undefined) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
  if (next.dataset.row === 'follow') next.click();
}
