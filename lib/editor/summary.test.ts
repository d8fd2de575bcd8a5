import { expect, it } from 'vitest';
import { summaryOf } from './summary';

const call = (url: string) =>
  summaryOf({ Type: 'Task', Resource: 'millrace:http', Arguments: { method: 'DELETE', url }, End: true });

it('a request is known by its method and host, also where an expression makes the address', () => {
  expect(call('https://api.example.com/orders?state=open')).toBe('DELETE api.example.com/orders');
  expect(call("{% 'http://127.0.0.1:7611/bookings/' & $key %}")).toBe('DELETE 127.0.0.1:7611/bookings/');
  expect(call('{% $states.input.callback %}')).toBe('DELETE $states.input.callback');
});

it('a Pass says what it makes', () => {
  expect(summaryOf({ Type: 'Pass', End: true })).toBe('passes its input on');
  expect(summaryOf({ Type: 'Pass', Parameters: { 'total.$': '$.sum', vat: 8 }, End: true })).toBe(
    'makes total, vat',
  );
  expect(summaryOf({ Type: 'Pass', Output: '{% $sum($states.input) %}', End: true })).toBe(
    '$sum($states.input)',
  );
  expect(summaryOf({ Type: 'Pass', Assign: { order: 1 }, End: true })).toBe('sets order');
});
