/** The switchboard of a service: how it is, what makes it fail, and what it has booked. */
export function pageOf(name: string): string {
  const title = `${name[0]?.toUpperCase()}${name.slice(1)} service`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p id="health" role="status"></p>
<button id="toggle" type="button"></button>
</header>
<p class="muted">Part of Millrace's booking example. Make it fail and see what the flow does about it.</p>
<form id="failures">
<label>Answers 503 <input name="rate" type="range" min="0" max="1" step="0.05"><output></output></label>
<label>Sold out, 409 <input name="soldOut" type="range" min="0" max="1" step="0.05"><output></output></label>
<label>Does it, but the answer is lost <input name="lostAnswer" type="range" min="0" max="1" step="0.05"><output></output></label>
</form>
<table>
<caption>Newest bookings</caption>
<thead><tr><th>Number</th><th>Order</th><th>Traveller</th><th>Status</th><th>Booked</th></tr></thead>
<tbody id="bookings"></tbody>
</table>
</main>
<script>${script}</script>
</body>
</html>`;
}

const style = `
  body { font: 14px/1.5 system-ui, sans-serif; margin: 0; }
  main { max-width: 760px; margin: 32px auto; padding: 0 16px; }
  header { display: flex; align-items: center; gap: 12px; }
  h1 { font-size: 18px; margin: 0; }
  #health { margin: 0 auto 0 0; padding: 1px 8px; border: 1px solid; border-radius: 4px; }
  #health.healthy { color: light-dark(#15803d, #4ade80); }
  #health.unhealthy { color: light-dark(#b91c1c, #f87171); }
  button { font: inherit; padding: 4px 12px; }
  .muted, caption { color: light-dark(#666, #999); }
  form { display: grid; gap: 8px; margin: 16px 0 24px; }
  label { display: grid; grid-template-columns: 220px 1fr 48px; gap: 12px; align-items: center; }
  output, td { font-variant-numeric: tabular-nums; }
  table { width: 100%; border-collapse: collapse; }
  caption { text-align: left; padding: 4px 0; }
  th, td { text-align: left; padding: 4px 8px 4px 0; border-top: 1px solid light-dark(#e5e5e5, #333); }
  tr.cancelled { opacity: .6; text-decoration: line-through; }
`;

const script = `
  const at = (id) => document.getElementById(id);
  const put = (path, body) =>
    fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  async function show() {
    const [health, failures, bookings] = await Promise.all(
      ['/health', '/failures', '/bookings?newest=20'].map((path) => fetch(path).then((answer) => answer.json())),
    );
    at('health').textContent = health.status;
    at('health').className = health.status;
    at('toggle').textContent = health.status === 'healthy' ? 'Make it unhealthy' : 'Make it healthy';
    for (const input of at('failures').querySelectorAll('input')) {
      if (document.activeElement !== input) input.value = failures[input.name];
      input.nextElementSibling.value = Math.round(input.value * 100) + ' %';
    }
    at('bookings').replaceChildren(...bookings.items.map((booking) => {
      const row = document.createElement('tr');
      row.className = booking.status;
      const time = new Date(booking.bookedAt).toLocaleTimeString();
      for (const text of [booking.number, booking.order, booking.traveller, booking.status, time])
        row.insertCell().textContent = text;
      return row;
    }));
  }
  at('toggle').onclick = async () => {
    await put('/health', { status: at('health').textContent === 'healthy' ? 'unhealthy' : 'healthy' });
    await show();
  };
  at('failures').oninput = (event) => { event.target.nextElementSibling.value = Math.round(event.target.value * 100) + ' %'; };
  at('failures').onchange = (event) => put('/failures', { [event.target.name]: Number(event.target.value) });
  show();
  setInterval(show, 1000);
`;
