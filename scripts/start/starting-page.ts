/**
 * What a browser shows while Millrace starts: a page that needs nothing else, as nothing else is served yet. It looks
 * like the product, and gives way to the page that was asked for as soon as that can be had.
 */
export const startingPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Millrace is starting</title>
<noscript><meta http-equiv="refresh" content="2"></noscript>
<style>
  :root { --ground: #fafafa; --text: #18181b; --muted: #56565f; --water: #6366f1 }
  @media (prefers-color-scheme: dark) {
    :root { --ground: #0b0b0d; --text: #ededef; --muted: #a6a6af; --water: #8185ff }
  }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
    color: var(--text); font: 13px/20px ui-sans-serif, system-ui, sans-serif; -webkit-font-smoothing: antialiased }
  main { display: grid; justify-items: center; gap: 8px; padding: 24px; text-align: center }
  svg { width: 48px; height: 48px; overflow: visible }
  h1 { margin: 8px 0 0; font-size: 14px; font-weight: 600 }
  p { margin: 0; max-width: 44ch; color: var(--muted) }
  .wheel { transform-origin: 12px 10px; animation: turn 4s linear infinite }
  .water { animation: flow 1.6s linear infinite }
  @keyframes turn { to { transform: rotate(360deg) } }
  @keyframes flow { to { transform: translateX(-5.25px) } }
  @media (prefers-reduced-motion: reduce) { .wheel, .water { animation: none } }
</style>
</head>
<body>
<main role="status">
  <svg viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <defs><clipPath id="stream"><rect x="1" y="18" width="22" height="5" /></clipPath></defs>
    <g class="wheel" stroke="var(--text)" stroke-width="1.4">
      <circle cx="12" cy="10" r="7" stroke-width="2" />
      <path d="M12 3v14M5 10h14M7.05 5.05l9.9 9.9M16.95 5.05l-9.9 9.9" />
      <circle cx="12" cy="10" r="2" fill="var(--ground)" />
    </g>
    <g clip-path="url(#stream)"><path class="water" stroke="var(--water)" stroke-width="2" stroke-linecap="round"
      d="M-3.75 20.5c1.75 1.4 3.5 1.4 5.25 0s3.5-1.4 5.25 0 3.5 1.4 5.25 0 3.5-1.4 5.25 0 3.5 1.4 5.25 0 3.5-1.4 5.25 0 3.5 1.4 5.25 0" /></g>
  </svg>
  <h1>Millrace is starting</h1>
  <p id="said">The page you asked for opens by itself. Running executions are taken up again.</p>
</main>
<script>
  setInterval(async () => {
    const said = document.getElementById('said');
    try {
      const { status } = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
      if (status !== 503) location.reload();
    } catch {
      said.textContent = 'The server does not answer. Look at the terminal in which it was started.';
    }
  }, 800);
</script>
</body>
</html>
`;
