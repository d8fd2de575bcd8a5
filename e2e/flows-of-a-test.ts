import type { FlowSummary } from '@/lib/api/resources';
import type { Millrace } from '@/scripts/test/millrace';

let made = 0;

/** Flows of one test: named so that no other test can mean them, and deleted with all their executions after it. */
export class Flows {
  readonly #millrace: Millrace;
  readonly #ending: string;

  constructor(millrace: Millrace, title: string) {
    this.#millrace = millrace;
    made += 1;
    this.#ending = `${title.replace(/^\[\w+\] /, '').slice(0, 30)} ${process.pid}-${made}`;
  }

  /** A name that is this test's own. */
  name(word: string): string {
    return `${word}: ${this.#ending}`;
  }

  /** A flow with a first version, for a test whose subject begins later. */
  async make(word: string, definition: object): Promise<FlowSummary> {
    const source = JSON.stringify(definition, null, 2);
    return this.#millrace.client.createFlow({ body: { name: this.name(word), source, format: 'json' } });
  }

  /** The same, where what has failed for good waits for an operator. */
  async makeParking(word: string, definition: object): Promise<FlowSummary> {
    const flow = await this.make(word, definition);
    const settings = { onFailure: 'park' } as const;
    await this.#millrace.client.updateFlow({ params: { flowId: flow.id }, body: { settings } });
    return flow;
  }

  /** A flow with nothing in it. */
  async makeEmpty(word: string): Promise<FlowSummary> {
    return this.#millrace.client.createFlow({ body: { name: this.name(word) } });
  }

  async start(flow: FlowSummary, input: object = {}): Promise<string> {
    const { id } = await this.#millrace.client.startExecution({
      params: { flowId: flow.id },
      // A literal of a test is JSON.
      body: { input: JSON.parse(JSON.stringify(input)) },
    });
    return id;
  }

  async clear(): Promise<void> {
    const { client } = this.#millrace;
    const { items } = await client.listFlows({ query: { search: this.#ending, limit: 100 } });
    for (const { id } of items) await client.deleteFlow({ params: { flowId: id }, query: { force: 'true' } });
  }
}
