/** Times and durations as people read them. All take and give milliseconds. */

const units = [
  { name: 'd', length: 86_400_000 },
  { name: 'h', length: 3_600_000 },
  { name: 'm', length: 60_000 },
] as const;

/** `12 ms`, `3.4 s`, `2 m 05 s`, `3 h 12 m`, `2 d 4 h`. Negative lengths (clocks that disagree) read as zero. */
export function durationText(length: number): string {
  const ms = Math.max(0, Math.round(length));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} m ${pad(Math.floor((ms % 60_000) / 1000))} s`;
  if (ms < 86_400_000)
    return `${Math.floor(ms / 3_600_000)} h ${pad(Math.floor((ms % 3_600_000) / 60_000))} m`;
  return `${Math.floor(ms / 86_400_000)} d ${Math.floor((ms % 86_400_000) / 3_600_000)} h`;
}

/** `just now`, `40 s ago`, `12 m ago`, `3 h ago`, `5 d ago`; the same with `in …` for what is still to come. */
export function agoText(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 5_000) return 'just now';
  const unit = units.find(({ length }) => distance >= length) ?? { name: 's', length: 1000 };
  const count = `${Math.floor(distance / unit.length)} ${unit.name}`;
  return at <= now ? `${count} ago` : `in ${count}`;
}

/** Made once: making a formatter costs more than a hundred uses of it. */
let exact: Intl.DateTimeFormat | undefined;

/** The exact time, to the millisecond, in the reader's own time zone and in UTC. */
export function exactText(at: number): string {
  exact ??= new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
  const date = new Date(at);
  return `${exact.format(date)} · ${date.toISOString()}`;
}

/** `14:03:22.125`, in the reader's own time zone. */
export function clockText(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad);
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
