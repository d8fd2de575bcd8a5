import { describe, expect, it } from 'vitest';
import { LanguageFailure } from './failure';
import type { Json } from './json';
import { compilePath } from './path';
import { ExpressionSyntaxError } from './syntax';
import { scopeOf } from './testing-scope';

const shop = {
  name: 'corner',
  books: [
    { title: 'Moby', price: 9, tags: ['sea', 'whale'] },
    { title: 'Emma', price: 12, tags: [] },
    { title: 'Dune', price: 15, isbn: null },
  ],
  owner: { name: 'Ada', address: { city: 'Graz', zip: '8010' } },
  'odd key': 1,
};

function find(path: string, data: Json = shop): Json | undefined {
  return compilePath(path).find(scopeOf(data));
}

function whyNot(path: string, data: Json = shop): string {
  try {
    compilePath(path).read(scopeOf(data));
  } catch (error) {
    if (error instanceof LanguageFailure) return `${error.error} ${error.message}`;
  }
  throw new Error(`${path} was found`);
}

function columnOf(path: string): number {
  try {
    compilePath(path);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error.column;
  }
  throw new Error(`${path} was compiled`);
}

describe('roots', () => {
  it('[X1] a path begins at the data, the context object or a variable', () => {
    const scope = scopeOf(
      { a: 1 },
      { variables: { cart: { total: 3 } }, context: { State: { Name: 'Pay' } } },
    );
    expect(compilePath('$.a').find(scope)).toBe(1);
    expect(compilePath('$').find(scope)).toEqual({ a: 1 });
    expect(compilePath('$$.State.Name').find(scope)).toBe('Pay');
    expect(compilePath('$cart.total').find(scope)).toBe(3);
    expect(compilePath('$cart').find(scope)).toEqual({ total: 3 });
    expect(compilePath('$nobody.total').find(scope)).toBeUndefined();
    const marked = 'nai\u0308ve\u203f1';
    expect(compilePath(`$${marked}.a`).find(scopeOf(null, { variables: { [marked]: { a: 2 } } }))).toBe(2);
  });

  it('[X1] the same text is compiled once', () => {
    expect(compilePath('$.a.b')).toBe(compilePath('$.a.b'));
  });
});

describe('definite paths', () => {
  it('[X2] lead to one value, null included', () => {
    expect(find('$.owner.address.city')).toBe('Graz');
    expect(find("$['odd key']")).toBe(1);
    expect(find('$["owner"].name')).toBe('Ada');
    expect(find('$.books[1].title')).toBe('Emma');
    expect(find('$.books[-1].title')).toBe('Dune');
    expect(find('$.books[2].isbn')).toBeNull();
    expect(find('$.books[(@.length-1)].title')).toBe('Dune');
  });

  it('[X2] quoted names have escapes', () => {
    expect(find(String.raw`$['a\nb']`, { 'a\nb': 1 })).toBe(1);
    expect(find(String.raw`$['it\'s']`, { "it's": 1 })).toBe(1);
    expect(find(String.raw`$["\u00e4\\"]`, { 'ä\\': 1 })).toBe(1);
    expect(find(String.raw`$['\x']`, { x: 1 })).toBe(1);
    expect(find(String.raw`$.l[?(@.t == 'a\tb')].n`, { l: [{ t: 'a\tb', n: 1 }] })).toEqual([1]);
    expect(columnOf(String.raw`$['\u12']`)).toBe(6);
  });

  it('[X2] are undefined where they lead nowhere', () => {
    expect(find('$.owner.age')).toBeUndefined();
    expect(find('$.name.first')).toBeUndefined();
    expect(find('$.books[3]')).toBeUndefined();
    expect(find('$.books[-4]')).toBeUndefined();
    expect(find('$.owner[0]')).toBeUndefined();
    expect(find('$.books.title')).toBeUndefined();
  });

  it('[X3] say in Jayway’s words why they lead nowhere', () => {
    expect(whyNot('$.age')).toBe("States.Runtime Invalid path '$.age' : No results for path: $['age']");
    expect(whyNot('$.no.such.path')).toBe(
      "States.Runtime Invalid path '$.no.such.path' : Missing property in path $['no']",
    );
    expect(whyNot('$.books[9].title')).toBe(
      "States.Runtime Invalid path '$.books[9].title' : No results for path: $['books'][9]['title']",
    );
    expect(whyNot('$.name.first')).toContain(
      "Expected to find an object with property ['first'] in path $['name'] but found 'java.lang.String'",
    );
    expect(whyNot('$.name[0]')).toBe(
      "States.Runtime Invalid path '$.name[0]' : Filter: [0] can only be applied to arrays. Current context is: corner",
    );
    expect(whyNot('$.owner.address[1].x')).toContain(
      'Filter: [1] can only be applied to arrays. Current context is: {city=Graz, zip=8010}',
    );
    expect(whyNot('$.books[2].isbn[0]')).toContain("The path $['books'][2]['isbn'] is null");
    expect(whyNot('$nobody')).toBe("States.Runtime Invalid path '$nobody' : No results for path: $");
  });

  it('[X4] see members of their own only', () => {
    expect(find('$.constructor')).toBeUndefined();
    expect(find('$.books.length')).toBeUndefined();
    expect(find('$.toString', { toString: 1 })).toBe(1);
    expect(find('$.__proto__.x', JSON.parse('{"__proto__":{"x":1}}'))).toBe(1);
  });

  it('[X5] pick several members into one object at their end', () => {
    expect(find("$.owner['name','age']")).toEqual({ name: 'Ada' });
    expect(compilePath("$.owner['name','age']").definite).toBe(true);
    expect(find("$.books[1:]['title','isbn']")).toEqual([{ title: 'Emma' }, { title: 'Dune', isbn: null }]);
  });
});

describe('indefinite paths', () => {
  it('[X6] give an array, empty where nothing is found', () => {
    expect(find('$.books[*].title')).toEqual(['Moby', 'Emma', 'Dune']);
    expect(find('$.owner.*')).toEqual(['Ada', { city: 'Graz', zip: '8010' }]);
    expect(find('$.nothing[*]')).toEqual([]);
    expect(find('$.nothing[1:]')).toEqual([]);
    expect(find('$.nothing[:1].x')).toEqual([]);
    expect(find('$.nothing[?(@.x == 1)]')).toEqual([]);
    expect(find('$nobody[*]')).toEqual([]);
    expect(compilePath('$.books[*]').definite).toBe(false);
  });

  it('[X7] slices have a begin and an end, counted from the end where negative', () => {
    const letters = ['a', 'b', 'c', 'd'];
    expect(find('$[1:]', letters)).toEqual(['b', 'c', 'd']);
    expect(find('$[:2]', letters)).toEqual(['a', 'b']);
    expect(find('$[1:3]', letters)).toEqual(['b', 'c']);
    expect(find('$[-2:]', letters)).toEqual(['c', 'd']);
    expect(find('$[:-1]', letters)).toEqual(['a', 'b', 'c']);
    expect(find('$[-3:-1]', letters)).toEqual(['b', 'c']);
    expect(find('$[1:-1]', letters)).toEqual([]);
    expect(find('$[2:9]', letters)).toEqual(['c', 'd']);
    expect(find('$[2:9007199254740991]', letters)).toEqual(['c', 'd']);
  });

  it('[X8] unions take several indices or, before the end, several members', () => {
    expect(find('$.books[0,-1].title')).toEqual(['Moby', 'Dune']);
    expect(find("$['name','owner'].address")).toEqual([{ city: 'Graz', zip: '8010' }]);
  });

  it('[X9] two dots look at every depth, outermost first', () => {
    expect(find('$..name')).toEqual(['corner', 'Ada']);
    expect(find('$..tags[0]')).toEqual(['sea']);
    expect(find('$..[?(@.price > 10)].title')).toEqual(['Emma', 'Dune']);
    const deep: Json = JSON.parse(`${'{"a":['.repeat(20_000)}7${']}'.repeat(20_000)}`);
    expect(find('$..a', deep)).toHaveLength(20_000);
    expect(find('$..*', { a: [1, { b: 2 }] })).toEqual([[1, { b: 2 }], 1, { b: 2 }, 2]);
  });
});

describe('filters', () => {
  it('[X10] keep the elements that pass, or an object that passes as a whole', () => {
    expect(find('$.books[?(@.price >= 12)].title')).toEqual(['Emma', 'Dune']);
    expect(find("$.books[?(@.title=='Emma'||@.price<10)].title")).toEqual(['Moby', 'Emma']);
    expect(find('$.books[?(@.price > 9 && !(@.price > 12))].title')).toEqual(['Emma']);
    expect(find("$.owner[?(@.name == 'Ada')].name")).toEqual(['Ada']);
    expect(find("$.books[?(@.title == 'Emma')].price")).toEqual([12]);
  });

  it('[X11] a path alone asks whether it leads anywhere, null included', () => {
    expect(find('$.books[?(@.isbn)].title')).toEqual(['Dune']);
    expect(find('$.books[?(!@.isbn)].title')).toEqual(['Moby', 'Emma']);
  });

  it('[X12] a missing value equals nothing, and a number equals the text that spells it', () => {
    expect(find('$[?(@.x != 1)]', [{ x: 1 }, { y: 1 }])).toEqual([{ y: 1 }]);
    expect(find("$[?(@.x == '1')]", [{ x: 1 }, { x: '1' }])).toEqual([{ x: 1 }, { x: '1' }]);
    expect(find("$[?(@.x === '1')]", [{ x: 1 }, { x: '1' }])).toEqual([{ x: '1' }]);
    expect(find("$[?(@.x !== '1')]", [{ x: 1 }, { x: '1' }, {}])).toEqual([{ x: 1 }, {}]);
    expect(find('$[?(@.x == 1)]', [{ x: 1 }, { x: '1' }, { x: '1.0' }])).toEqual([{ x: 1 }, { x: '1' }]);
    expect(find("$[?(@.x < '2')]", [{ x: 1 }, { x: '1' }])).toEqual([{ x: '1' }]);
    for (const sign of ['<', '<=', '>', '>=']) {
      expect(find(`$[?(@.x ${sign} 2)]`, [{ x: '2' }, { x: null }, {}, { x: [2] }])).toEqual([]);
    }
    expect(find('$[?(@.x == {"a":[1]})]', [{ x: { a: [1] } }, { x: { a: [2] } }])).toEqual([
      { x: { a: [1] } },
    ]);
  });

  it('[X13] a regular expression has to match the whole text', () => {
    expect(find('$.books[?(@.title =~ /m.*/i)].title')).toEqual(['Moby']);
    expect(find('$.books[?(@.title =~ /m/i)].title')).toEqual([]);
    expect(find('$.books[?(/m.*/i =~ @.title)].title')).toEqual(['Moby']);
    expect(find('$[?(@ =~ /\\d+/)]', [12, 'x', true])).toEqual([12]);
    expect(find('$[?(@.x =~ /.*/)].x', [{ x: 'a' }, { x: null }, { x: [] }, { x: {} }, {}])).toEqual(['a']);
    const words = ['Abc', 'a.c', 'a1', 'b'];
    const matching = (pattern: string) => find(`$[?(@ =~ ${pattern})]`, words);
    expect(matching('/(?i)ABC/')).toEqual(['Abc']);
    expect(matching(String.raw`/\Qa.c\E/`)).toEqual(['a.c']);
    expect(matching(String.raw`/\p{Alpha}\p{Digit}/`)).toEqual(['a1']);
    expect(matching(String.raw`/[\p{Alpha}.]+/`)).toEqual(['Abc', 'a.c', 'b']);
    expect(matching(String.raw`/\Ab\z/`)).toEqual(['b']);
    expect(matching(String.raw`/a\.c/`)).toEqual(['a.c']);
  });

  it('[X14] knows lists: in, nin, subsetof, anyof, noneof, all, contains, size, empty', () => {
    const titles = (filter: string) => find(`$.books[?(${filter})].title`);
    expect(titles("@.title in ['Emma','Dune']")).toEqual(['Emma', 'Dune']);
    expect(titles("@.title nin ['Emma','Dune']")).toEqual(['Moby']);
    expect(titles('@.isbn nin [null]')).toEqual(['Moby', 'Emma']);
    expect(titles("@.tags subsetof ['sea','whale','x']")).toEqual(['Moby', 'Emma']);
    expect(titles("@.tags anyof ['sea']")).toEqual(['Moby']);
    expect(titles("@.tags noneof ['sea']")).toEqual(['Emma']);
    expect(titles("@.tags all ['sea','whale']")).toEqual(['Moby']);
    expect(titles("@.tags contains 'whale'")).toEqual(['Moby']);
    expect(titles("@.title contains 'mm'")).toEqual(['Emma']);
    expect(titles('@.tags size 2')).toEqual(['Moby']);
    expect(titles('@.tags empty true')).toEqual(['Emma']);
    expect(titles('@.tags empty false')).toEqual(['Moby']);
  });

  it('[X15] compares with the data, the context object and variables', () => {
    const scope = scopeOf({ limit: 1, items: [1, 2, 3] }, { variables: { most: 3 }, context: { at: 2 } });
    expect(compilePath('$.items[?(@ > $.limit && @ < $most)]').find(scope)).toEqual([2]);
    expect(compilePath('$.items[?(@ == $$.at)]').find(scope)).toEqual([2]);
  });
});

describe('functions', () => {
  it('[X16] stand at the end of a path and take what it leads to', () => {
    expect(find('$.books.length()')).toBe(3);
    expect(find('$.books[*].price.sum()')).toBe(36);
    expect(find('$.books[*].price.max()')).toBe(15);
    expect(find('$.books[*].price.min()')).toBe(9);
    expect(find('$.min()', [3, 1, 2, 'x'])).toBe(1);
    expect(find('$.books[*].price.max(20, $.books[0].price)')).toBe(20);
    expect(find('$.books[*].price.avg()')).toBe(12);
    expect(find('$.books[*].price.stddev()')).toBeCloseTo(2.449, 3);
    expect(find('$.owner.keys()')).toEqual(['name', 'address']);
    expect(find('$.books.keys()')).toBeUndefined();
    expect(find('$.books.first().title')).toBe('Moby');
    expect(find('$.books.last().title')).toBe('Dune');
    expect(find('$.books.index(1).title')).toBe('Emma');
    expect(find('$.books[0].tags.append("net")')).toEqual(['sea', 'whale', 'net']);
    expect(find("$.books[0].tags.concat('!', $.name)")).toBe('seawhale!corner');
    expect(find('$.name.length()')).toBeUndefined();
    expect(find('$.books[1].tags.max()')).toBeUndefined();
  });
});

describe('syntax', () => {
  it('[X17] errors say the column, counted from one', () => {
    expect(columnOf('a.b')).toBe(1);
    expect(columnOf('$.a.')).toBe(5);
    expect(columnOf('$.a[')).toBe(5);
    expect(columnOf("$['a")).toBe(3);
    expect(columnOf('$.a b')).toBe(4);
    expect(columnOf('$.a[?(@.x == )]')).toBe(14);
    expect(columnOf('$.a[?(@.x =~ /[/)]')).toBe(14);
    expect(columnOf('$.a[:]')).toBe(5);
    expect(columnOf('$.a.nope()')).toBe(5);
    expect(columnOf('$..length()')).toBe(4);
  });

  it('[X17] nesting ends somewhere', () => {
    expect(find(`$[?(${'('.repeat(90)}@.a${')'.repeat(90)})].a`, [{ a: 1 }])).toEqual([1]);
    for (const opening of ['(', '!', '@[?(', '[', '{"a":']) {
      expect(() => compilePath(`$[?(@.a == ${opening.repeat(100_000)}`)).toThrow(ExpressionSyntaxError);
      expect(() => compilePath(`$[?(${opening.repeat(100_000)}`)).toThrow(ExpressionSyntaxError);
    }
    expect(columnOf('$.a[?(1)]')).toBe(7);
  });
});
