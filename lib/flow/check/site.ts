import type { Json } from '@/lib/expression/json';
import type { QueryLanguage } from '../model';
import { child } from '../pointer';
import type { Fix, Problem } from '../problem';
import type { ProblemCode } from '../problem-codes';
import { nearest } from './nearest';

const mostSearches = 10;

/** What the checks of one definition share: where problems go and what holds around a state. */
export interface Surroundings {
  readonly problems: Problem[];
  /** What fields read of variables, in the order in which they are checked. */
  readonly reads: Read[];
  /** How often a word was looked for that a mistyped one may mean. */
  searches: number;
}

/** A variable read by a path or an expression. */
export interface Read {
  readonly name: string;
  /** The path or expression that reads it. */
  readonly text: string;
  readonly site: Site;
}

/** What expressions may find in `$states` besides `input` and `context`. */
export type StatesField = 'result' | 'errorOutput';

interface Around {
  readonly language: QueryLanguage;
  readonly states: readonly StatesField[];
}

/** One place in the definition while it is being checked. */
export class Site {
  readonly pointer: string;
  readonly language: QueryLanguage;
  readonly states: readonly StatesField[];
  readonly surroundings: Surroundings;

  constructor(pointer: string, surroundings: Surroundings, around: Around) {
    this.pointer = pointer;
    this.surroundings = surroundings;
    this.language = around.language;
    this.states = around.states;
  }

  member(key: string | number): Site {
    return new Site(child(this.pointer, key), this.surroundings, this);
  }

  /** The same place, where other expressions may stand. */
  within(around: Partial<Around>): Site {
    return new Site(this.pointer, this.surroundings, {
      language: this.language,
      states: this.states,
      ...around,
    });
  }

  error(code: ProblemCode, message: string, more?: More): void {
    this.report('error', code, message, more);
  }

  warning(code: ProblemCode, message: string, more?: More): void {
    this.report('warning', code, message, more);
  }

  read(name: string, text: string): void {
    this.surroundings.reads.push({ name, text, site: this });
  }

  /** What a mistyped word may mean. Only the first mistakes of a definition are worth the search. */
  nearest(word: string, candidates: Iterable<string>): string | undefined {
    if (this.surroundings.searches >= mostSearches) return undefined;
    this.surroundings.searches += 1;
    return nearest(word, candidates);
  }

  /** A fix that removes what stands here. */
  removal(title: string): Fix {
    return { title, pointer: this.pointer, value: undefined };
  }

  /** A fix that puts another value here. */
  replacement(title: string, value: Json): Fix {
    return { title, pointer: this.pointer, value };
  }

  private report(severity: Problem['severity'], code: ProblemCode, message: string, more: More = {}): void {
    this.surroundings.problems.push({ code, severity, pointer: this.pointer, message, ...more });
  }
}

interface More {
  readonly line?: number;
  readonly column?: number;
  readonly fix?: Fix;
}
