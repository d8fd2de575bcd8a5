import { expect, it } from 'vitest';
import { inspectDynamicField, inspectExpression, inspectPath, inspectReferencePath } from './references';

it('[X80] a path reads its variable and those in its filters', () => {
  expect(inspectPath('$cart.items[?(@.price > $limit || @.tags[?(@ == $tag)])].x')).toEqual({
    problem: undefined,
    variables: ['cart', 'limit', 'tag'],
    states: [],
  });
  expect(inspectPath('$.a').variables).toEqual([]);
  expect(inspectPath('$$.State').variables).toEqual([]);
});

it('[X80] an intrinsic call reads what its arguments read', () => {
  expect(inspectDynamicField("States.Format('{}', States.Array($a, $b.x, $a))").variables).toEqual([
    'a',
    'b',
  ]);
});

it('[X81] an expression reads the variables that it does not bind itself, and fields of $states', () => {
  const reads = (source: string) => inspectExpression(`{% ${source} %}`);
  expect(reads('$map($y.a, function($v) { $v + $z }) & $states.input.x')).toEqual({
    problem: undefined,
    variables: ['y', 'z'],
    states: ['input'],
  });
  expect(reads('($f := function($n) { $n < 1 ? $one : $f($n - 1) }; $f($start))').variables).toEqual([
    'one',
    'start',
  ]);
  expect(reads('($x := $x + 1; $x)').variables).toEqual(['x']);
  expect(reads('$states.input.orders@$o#$i.items[$o.id = $limit].{"i": $i}').variables).toEqual(['limit']);
  expect(reads('$sum($numbers) ~> $string()').variables).toEqual(['numbers']);
  expect(reads('$states.result.a & $states.context.b & $states.errorOutput').states).toEqual([
    'result',
    'context',
    'errorOutput',
  ]);
});

it('[X82] syntax errors are returned with their column, not thrown', () => {
  expect(inspectPath('$.a[').problem).toEqual({ message: 'the bracket is not closed', column: 5 });
  expect(inspectReferencePath('$.a[*]').problem?.column).toBe(4);
  expect(inspectReferencePath('$.a[0].b').problem).toBeUndefined();
  expect(inspectExpression('{% 10 + * 2 %}').problem).toEqual({ message: 'Syntax error: 2', column: 11 });
  expect(inspectExpression('{%  $sum(1 %}').problem?.column).toBe(11);
  expect(inspectDynamicField('States.Nope()').problem?.column).toBe(1);
});

it('[X83] there is no input document to read from', () => {
  const columnOf = (source: string) => inspectExpression(`{% ${source} %}`).problem?.column;
  expect(columnOf('1 + foo')).toBe(8);
  expect(columnOf('$')).toBe(4);
  expect(columnOf('$$.a')).toBe(4);
  expect(columnOf('$map($x, function($v) { bar })')).toBe(28);
  expect(columnOf('{"a": b}')).toBe(10);
  expect(columnOf('*')).toBe(4);
  expect(columnOf('$x[foo = 1].(bar & $).{"c": d}{e: $}^(f)')).toBeUndefined();
});
