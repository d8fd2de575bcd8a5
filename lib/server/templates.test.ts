import { afterEach, expect, it, vi } from 'vitest';
import { check } from '@/lib/flow/check';
import type { Definition } from '@/lib/flow/model';
import { listTemplates, templateNamed } from './templates';

const urls = { train: 'http://127.0.0.1:1', flight: 'http://127.0.0.1:2', hotel: 'http://127.0.0.1:3' };

afterEach(() => vi.unstubAllEnvs());

it('every template is a definition without problems, with inputs to try', async () => {
  vi.stubEnv('MILLRACE_BOOKING', JSON.stringify(urls));

  const { items } = await listTemplates();

  // What makes the templates types them more narrowly than a definition is.
  const problems = items.map(({ id, definition }) => [id, check(definition as unknown as Definition)]);
  expect(problems).toEqual(items.map(({ id }) => [id, []]));
  expect(items.every(({ inputs }) => inputs.length > 0)).toBe(true);
});

it('the booking is offered where its services run, and calls them there', async () => {
  vi.stubEnv('MILLRACE_BOOKING', undefined);
  expect(() => templateNamed('booking')).toThrow('There is no template "booking".');

  vi.stubEnv('MILLRACE_BOOKING', JSON.stringify(urls));

  const text = JSON.stringify(templateNamed('booking').definition);
  expect(Object.values(urls).every((url) => text.includes(`${url}/bookings`))).toBe(true);
});
