import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { LanguageFailure } from './failure';
import type { Json } from './json';
import { compileExpression } from './jsonata';
import { scopeOf } from './testing-scope';

/**
 * The original, which is asynchronous, and ours must give the same value or the same error for each expression. Ours is
 * given frozen data, as it must not write to it; the original does, and is given a copy each time.
 */

const order = frozen({
  id: 'A-17',
  customer: { name: 'Ada', email: 'ada@example.org', tags: ['vip', 'eu'] },
  lines: [
    { sku: 'x1', price: 9.5, quantity: 2, options: { colour: 'red' } },
    { sku: 'x2', price: 12, quantity: 1, options: { colour: 'blue', gift: true } },
    { sku: 'x3', price: 0, quantity: 10 },
  ],
  notes: null,
  paid: false,
  nested: [[1, 2], [3, [4]], []],
  pairs: [
    [1, 2],
    [3, [4]],
  ],
  one: [{ only: 'me' }],
});
const count = 3;

/** A value, or the code of the error. `undefined` and functions have no JSON and are named. */
type Outcome = { readonly value: Json } | { readonly error: string };

async function original(source: string): Promise<Outcome> {
  try {
    const expression = jsonata(source);
    const value: unknown = await expression.evaluate(undefined, {
      states: { input: structuredClone(order) },
      count,
    });
    if (value === undefined) return { error: 'undefined' };
    if (hasNoJson(value)) return { error: 'unsupported' };
    return { value: JSON.parse(JSON.stringify(value)) };
  } catch (error) {
    return { error: error instanceof RangeError ? 'D1011' : (Object(error).code ?? 'T1006') };
  }
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}

function hasNoJson(value: unknown): boolean {
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))) return true;
  if (typeof value !== 'object' || value === null) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value || Object.values(value).some(hasNoJson);
}

function ours(source: string): Outcome {
  try {
    return {
      value: compileExpression(`{% ${source} %}`).evaluate(
        scopeOf(order, { variables: { count } }),
        'Output',
      ),
    };
  } catch (error) {
    if (!(error instanceof LanguageFailure)) throw error;
    if (error.message.endsWith('returned nothing (undefined).')) return { error: 'undefined' };
    if (error.message.endsWith('returned an unsupported result type.')) return { error: 'unsupported' };
    return { error: /evaluation\. ([A-Z]\d{4})/.exec(error.message)?.[1] ?? error.message };
  }
}

const samples = `
$states.input
$states.input.id
$states.input.customer.name
$states.input.customer.nobody.name
$states.input.lines.price
$states.input.lines.options.colour
$states.input.lines[0].sku
$states.input.lines[-1].sku
$states.input.lines[price > 5].sku
$states.input.lines[price > 100].sku
$states.input.lines[quantity = 1]
$states.input.lines[sku in ["x1", "x3"]].price
$states.input.lines.(price * quantity)
$states.input.lines.{"sku": sku, "total": price * quantity}
$states.input.lines{sku: price}
$states.input.lines{options.colour: $sum(quantity)}
$states.input.lines^(>price).sku
$states.input.lines^(price, >quantity).sku
$states.input.lines@$l.{"s": $l.sku}
$states.input.lines#$i.{"i": $i, "s": sku}
$states.input.lines.sku[]
$states.input.one.only
$states.input.one.only[]
$states.input.one
$states.input.one[]
$states.input.nested
$states.input.nested[0]
$states.input.nested[]
$states.input.notes
$states.input.notes.x
$states.input.paid
$states.input.*
$states.input.**.colour
$states.input.lines.*.colour
$states.input.customer.tags
$states.input.customer.tags[1]
$states.input.lines.options[gift]
$states.input.lines.%.id
$states.input.constructor
$count + 1
$count - 1 * 2 / 4 % 3
-$count
$count + $nothing
$count + "a"
"a" + $count
$count / 0
($count / 0) + 1
$count = 3
$count = "3"
$count != 3
$nothing = 3
$nothing != 3
$states.input.customer = $states.input.customer
$states.input.lines[0] = {"sku": "x1", "price": 9.5, "quantity": 2, "options": {"colour": "red"}}
null = null
$count < 4
$count < "4"
"a" < "b"
$nothing < 4
true < false
$count >= 3 and $count <= 3
$count > 3 or $states.input.paid
$states.input.lines and true
$states.input.nested[2] or false
$nothing and true
"a" in ["a", "b"]
1 in 1
"Order " & $states.input.id
"n=" & $count & $nothing & true & null
"list: " & [1, 2]
"object: " & {"a": 1.5}
0.1 + 0.2 & ""
$count > 2 ? "many" : "few"
$count > 5 ? "many"
$states.input.notes ? 1 : 2
"" ? 1 : 2
[] ? 1 : 2
[1, 2, 3]
[1..5]
[$count..1]
[1, [2, 3], $states.input.customer.tags, [$states.input.customer.tags], $nothing]
[$states.input.lines.sku, "x"]
[]
{}
{"a": $count, "b": $nothing, "c": [1, $count], "d": {"e": $states.input.lines.sku}}
{"a": 1, "a": 2}
{$states.input.id: 1}
{1: 2}
{"_jsonata_lambda": true}
{"__proto__": 1}
($a := 5; $b := $a * 2; $a + $b)
($f := function($x) { $x * 2 }; $f($count))
($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(5))
($f := function($n, $a) { $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(200, 0))
(function($x, $y) { $x & $y })("a", "b")
function($x) { $x }
$sum
$map($states.input.lines, function($v) { $v.price })
$map([1, 2, 3], function($v, $i, $a) { $v * $i + $count($a) })
$map($states.input.customer.tags, $uppercase)
$filter($states.input.lines, function($l) { $l.price > 5 }).sku
$reduce([1, 2, 3], function($a, $b) { $a + $b })
$reduce([1, 2, 3], function($a, $b) { $a + $b }, 10)
$sift($states.input.customer, function($v, $k) { $k = "name" })
$each($states.input.customer, function($v, $k) { $k })
$single([1, 2, 3], function($v) { $v = 2 })
$single([1, 2, 2], function($v) { $v = 2 })
$sort([3, 1, 2])
$sort($states.input.lines, function($l, $r) { $l.price > $r.price }).sku
$sort([{"a": 1}])
$reverse([1, 2, 3])
$append([1], 2)
$distinct([1, 1, "1", 2, {"a": 1, "b": [null]}, {"b": [null], "a": 1}, {"a": 2}, null, null])
$distinct($states.input.lines.options)
$distinct($states.input.lines.price)
$distinct(3)
$sort([5, 3, 9, 1, 1, 8, 2])
$sort($states.input.lines, function($l, $r) { $l.quantity > $r.quantity }).sku
$states.input.lines^(options.colour, >sku).sku
$pad("x", -3) & $pad("x", 6, "ab") & $pad("xyz", 2)
$zip([1, 2], [3, 4])
$keys($states.input.customer)
$keys($states.input.lines)
$lookup($states.input.customer, "name")
$spread($states.input.customer)
$merge([{"a": 1}, {"b": 2}, {"a": 3}])
$merge($states.input.lines.options)
$exists($states.input.nothing)
$exists($states.input.notes)
$not($states.input.paid)
$boolean([0])
$boolean($states.input.lines)
$type($states.input)
$type($nothing)
$count($states.input.lines)
$sum($states.input.lines.price)
$sum($states.input.lines.(price * quantity))
$max($states.input.lines.price)
$min([])
$average($states.input.lines.price)
$sum(["a"])
$sum("a")
$string($states.input.customer)
$string(12.50)
$string($nothing)
$number("12")
$number("twelve")
$number(true)
$abs(-1) + $floor(1.5) + $ceil(1.2) + $round(2.5) + $power(2, 3) + $sqrt(9)
$sqrt(-1)
$formatNumber(1234.5, "#,##0.00")
$formatBase(255, 16)
$formatInteger(14, "w")
$parseInteger("XIV", "I")
$uppercase("a") & $lowercase("B") & $trim("  c ") & $pad("d", 3, "-") & $substring("abcdef", 2, 2)
$substringBefore("a@b", "@") & $substringAfter("a@b", "@")
$length("Grüße")
$length(1)
$split("a,b,c", ",")
$split("a1b2", /[0-9]/)
$join($states.input.customer.tags, "+")
$contains("hello", /ell/)
$contains("hello", "z")
$match("ab12", /[a-z]+(\\d)/)
$replace("banana", "a", "o", 2)
$replace("banana", /a(n)/, "<$1>")
$replace("banana", /a/, function($m) { $uppercase($m.match) })
$toMillis("2016-03-14T01:59:00Z")
$fromMillis(1457920740000)
$fromMillis(1457920740000, "[D01]/[M01]/[Y]", "+0100")
$toMillis("14/03/2016", "[D01]/[M01]/[Y]")
$encodeUrlComponent("a b&c") & $decodeUrlComponent("%20")
$encodeUrl("http://x/a b")
$decodeUrl("%")
$error("boom")
$assert(false, "no")
$assert(true)
$clone($states.input.customer)
$states.input ~> |lines|{"price": 0}, "options"|
$states.input.customer ~> $keys() ~> $join("-")
$uppercase ~> $lowercase
($inc := function($x) { $x + 1 }; $twice := $inc ~> $inc; $twice(1))
($add := function($x, $y) { $x + $y }; $add3 := $add(3, ?); $add3(4))
$substring(?, 0, 2)("abc")
$nope()
$count()
1(2)
$states.input.lines.$count(sku)
$states.input.lines.(($p := price; $p + 1))
$states.input.lines[$i := 1]
/ab+/
"abc" ~> /b/
$states.input.lines.quantity ~> $sum
$states.input.lines.options.gift = true
$states.input.customer.tags[$ = "vip"]
$states.input.lines[options.colour = "red" or quantity > 5].sku
$states.input.lines[price > 5].(price + quantity)
$states.input.lines.(price > 5 ? sku : options.colour)
$states.input.lines.options.($uppercase(colour))
$states.input.lines.($string())
$states.input.nested.x
$states.input.pairs.($ & "")
$states.input.lines.(sku & $.price)
$states.input.lines.{"a": [sku, options.colour]}
$map($states.input.pairs, function($p) { $sum($p[0]) })
($states := {"input": 1}; $states.input)
(function($states) { $states.input })({"input": 5})
($sum := function($x) { 7 }; $sum([1, 2]))
($l := $states.input.lines; $l.price)
($l := $states.input.lines[0]; $l.options.colour)
($f := function($n) { $n = 0 ? "a" + 1 : 1 + $f($n - 1) }; $f(9))
($f := function($n) { $n = 0 ? 0 : $f($n - 1) + "a" }; $f(9))
$states.input.lines.sku ~> $map(function($s) { $s & "!" })
$now("[Y0001]") ~> $length()
`
  .trim()
  .split('\n');

describe('the synchronous JSONata and the original', () => {
  it('[X110] agree on every construct and function', async () => {
    for (const source of samples) {
      const expected = await original(source);
      expect({ source, ...ours(source) }).toEqual({ source, ...expected });
      expect({ source, again: true, ...ours(source) }).toEqual({ source, again: true, ...expected });
    }
  });

  it('[X111] agree on expressions put together at random', async () => {
    await fc.assert(
      fc.asyncProperty(anyExpression, async (source) => {
        expect(anyThrow(ours(source))).toEqual(anyThrow(await original(source)));
      }),
      { numRuns: 1000 },
    );
  }, 30_000);
});

describe('where the original is wrong', () => {
  it('[X112] an object constructor does not fill the empty arrays of the data', async () => {
    const source = '$states.input.nested[{} & "x"]';
    expect(await original(source)).toEqual({ value: [[1, 2], [3, [4]], [null]] });
    expect(ours(source)).toEqual({ value: [[1, 2], [3, [4]], []] });
  });
});

/** Of several errors the original reports the one that was noticed first, which is not always the leftmost. */
function anyThrow(outcome: Outcome): Outcome {
  return 'error' in outcome && /^[A-Z]\d{4}$/.test(outcome.error) ? { error: 'thrown' } : outcome;
}

const absolute = [
  '$count',
  '$nothing',
  '$states.input.id',
  '$states.input.lines',
  '$states.input.lines.price',
  '$states.input.customer.tags',
  '$states.input.customer',
  '$states.input.one.only',
  '$states.input.notes',
  '$states.input.paid',
  '$states.input.pairs',
  '1',
  '2.5',
  '"a"',
  'true',
  'null',
  '{}',
];
const ofItem = ['price', 'sku', '$', '$.price', 'options.colour', 'options', 'nobody.name'];
const ofParameter = ['$v', '$v.price', '$v.options.colour'];
const operators = ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in'];
const functions = [
  '$sum',
  '$count',
  '$string',
  '$not',
  '$exists',
  '$type',
  '$uppercase',
  '$reverse',
  '$keys',
];

/**
 * Every operator on every kind of operand, so that the closures meet what they must leave to the interpreter. `item` is
 * what may stand where there is an item to look at (in a predicate or a step), `body` what may stand in a function.
 */
function expressions(
  leaves: readonly string[],
  { item, body }: { item?: fc.Arbitrary<string>; body?: fc.Arbitrary<string> } = {},
): fc.Arbitrary<string> {
  const { any } = fc.letrec<{ any: string }>((tie) => {
    const each = item ?? tie('any');
    return {
      any: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(...leaves),
        fc
          .tuple(tie('any'), fc.constantFrom(...operators), tie('any'))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
        fc.tuple(tie('any'), tie('any'), tie('any')).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
        fc.tuple(tie('any'), tie('any')).map(([first, second]) => `[${first}, ${second}]`),
        fc.tuple(tie('any'), tie('any')).map(([first, second]) => `{"a": ${first}, "b": ${second}}`),
        fc.tuple(fc.constantFrom(...functions), tie('any')).map(([name, value]) => `${name}(${value})`),
        fc
          .tuple(tie('any'), fc.constantFrom('a', 'price', 'b.a', 'name'))
          .map(([value, name]) => `(${value}).${name}`),
        tie('any').map((value) => `($x := ${value}; [$x, $x])`),
        fc
          .tuple(tie('any'), body ?? tie('any'))
          .map(([value, inner]) => `$map(${value}, function($v) { ${inner} })`),
        fc.tuple(tie('any'), each).map(([value, test]) => `(${value})[${test}]`),
        fc.tuple(tie('any'), each).map(([value, step]) => `(${value}).(${step})`),
        fc.tuple(tie('any'), each).map(([value, member]) => `(${value}).{"m": ${member}}`),
      ),
    };
  });
  return any;
}

const anyExpression = expressions(absolute, {
  item: expressions([...absolute, ...ofItem]),
  body: expressions([...absolute, ...ofParameter]),
});
