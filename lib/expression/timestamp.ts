const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

const daySeconds = 86_400;
const dayMilliseconds = 86_400_000;

/** A moment to the nanosecond, which one number cannot hold. */
export interface Instant {
  /** Since 1970, UTC. */
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** An RFC 3339 timestamp: `T` is required and so is `Z` or an offset. Undefined where the text is none. */
export function parseInstant(text: string): Instant | undefined {
  const found = rfc3339.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const fitsDate = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!fitsDate || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = parseOffset(found[8] ?? 'Z');
  if (offset === undefined) return undefined;
  const clock = (hour * 60 + minute - offset) * 60 + second;
  return {
    seconds: daysSince1970(year, month, day) * daySeconds + clock,
    nanoseconds: Number((found[7] ?? '').padEnd(9, '0')),
  };
}

/**
 * Milliseconds since 1970 (UTC) of an RFC 3339 timestamp (`2016-03-14T01:59:00Z`), with digits behind the point where it
 * is finer than that; undefined where the text is none.
 */
export function parseTimestamp(text: string): number | undefined {
  const instant = parseInstant(text);
  return instant && instant.seconds * 1000 + instant.nanoseconds / 1_000_000;
}

/** Minutes east of UTC; Java allows up to 18 hours. */
function parseOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4, 6));
  if (hours * 60 + minutes > 18 * 60 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days of the proleptic Gregorian calendar, counted in years that begin in March, so that the leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `2016-03-14T01:59:00.000Z` for milliseconds since 1970. */
export function formatTimestamp(at: number): string {
  const days = Math.floor(at / dayMilliseconds);
  const rest = Math.floor(at - days * dayMilliseconds);
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60];
  const time = clock.map((part) => pad(part, 2)).join(':');
  return `${formatDate(days)}T${time}.${pad(rest % 1000, 3)}Z`;
}

function formatDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
