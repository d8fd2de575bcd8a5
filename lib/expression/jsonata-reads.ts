import { isNode, type Node } from './jsonata-node';

/** What an expression reads, found in the interpreter's tree without evaluating it. */
export interface Reads {
  /** Variables that come from outside, without `$`; JSONata's own functions are among them. */
  readonly variables: ReadonlySet<string>;
  /** NAME of each `$states.NAME`. */
  readonly states: ReadonlySet<string>;
  /** The first place that reads from the input document, of which there is none. */
  readonly rootAccess: RootAccess | undefined;
  /** Whether it gives the name `$states` a value of its own. */
  readonly rebindsStates: boolean;
}

interface RootAccess {
  readonly token: string;
  /** Zero-based position of the token's end. */
  readonly end: number;
}

interface Place {
  /** Names bound in the expression itself: parameters, `:=`, `@$x`, `#$i`. */
  readonly bound: Set<string>;
  /** Whether `$` is the input document here, rather than an item of a path. */
  readonly atRoot: boolean;
}

export function readsOf(syntax: unknown): Reads {
  const reader = new Reader();
  reader.read(syntax, { bound: new Set(), atRoot: true });
  return reader;
}

/** Fields that point back up the tree or hold no expressions. */
const passedOver = new Set(['ancestor', 'slot', 'seekingParent', 'signature', 'thunk', 'position', 'type']);
/** Fields whose expressions are evaluated for each item of what stands before them. */
const perItem = new Set(['predicate', 'stages', 'group', 'terms', 'pattern', 'update', 'delete']);

class Reader implements Reads {
  readonly variables = new Set<string>();
  readonly states = new Set<string>();
  rootAccess: RootAccess | undefined;
  rebindsStates = false;

  read(value: unknown, place: Place): void {
    if (Array.isArray(value)) {
      for (const item of value) this.read(item, place);
      return;
    }
    if (!isNode(value)) return;
    switch (value.type) {
      case 'variable':
        this.readVariable(value, place);
        break;
      case 'name':
      case 'wildcard':
      case 'descendant':
        if (place.atRoot) this.refuse(value, String(value.value));
        break;
      case 'path':
        this.readPath(value, place);
        return;
      case 'lambda':
        this.readLambda(value, place);
        return;
      case 'block':
        this.readFields(value, { ...place, bound: new Set(place.bound) });
        return;
      case 'bind':
        this.readBind(value, place);
        return;
    }
    this.readFields(value, place);
  }

  private readFields(node: Node, place: Place): void {
    for (const [field, value] of Object.entries(node)) {
      if (passedOver.has(field)) continue;
      this.read(value, perItem.has(field) ? { ...place, atRoot: false } : place);
    }
  }

  private readVariable(node: Node, place: Place): void {
    const name = String(node.value);
    if (name === '$' || (name === '' && place.atRoot)) this.refuse(node, `$${name}`);
    if (name !== '' && name !== '$' && name !== 'states' && !place.bound.has(name)) this.variables.add(name);
  }

  private readPath(node: Node, place: Place): void {
    const steps = Array.isArray(node.steps) ? node.steps.filter(isNode) : [];
    const [first, second] = steps;
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
      this.states.add(String(second.value));
    }
    const bound = new Set(place.bound);
    steps.forEach((step, at) => {
      this.read(step, { bound, atRoot: place.atRoot && at === 0 });
      for (const name of [step.focus, step.index]) if (typeof name === 'string') this.bind(name, bound);
    });
    this.read(node.group, { bound, atRoot: false });
  }

  private readLambda(node: Node, place: Place): void {
    const parameters = Array.isArray(node.arguments) ? node.arguments.filter(isNode) : [];
    const bound = new Set(place.bound);
    for (const parameter of parameters) this.bind(String(parameter.value), bound);
    this.read(node.body, { ...place, bound });
  }

  /** A function may call itself by its name; any other value is computed before the name exists. */
  private readBind(node: Node, place: Place): void {
    const name = isNode(node.lhs) ? String(node.lhs.value) : '';
    const isFunction = isNode(node.rhs) && node.rhs.type === 'lambda';
    if (isFunction) this.bind(name, place.bound);
    this.read(node.rhs, place);
    this.bind(name, place.bound);
  }

  private bind(name: string, bound: Set<string>): void {
    bound.add(name);
    if (name === 'states') this.rebindsStates = true;
  }

  private refuse(node: Node, token: string): void {
    this.rootAccess ??= { token, end: typeof node.position === 'number' ? node.position : 0 };
  }
}
