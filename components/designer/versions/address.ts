/** Shows the newest version in place of the canvas, or the draft where there is none (0); the browser's back button leads back. */
export function openVersions(newest: number) {
  window.history.pushState(null, '', `?version=${newest === 0 ? 'draft' : newest}`);
}

export function closeVersions() {
  window.history.pushState(null, '', window.location.pathname);
}
