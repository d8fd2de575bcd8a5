import { setTimeout as pause } from 'node:timers/promises';

/** Asks until there is an answer: Millrace and the services may be killed and started again while we ask. */
export class PatientClient {
  private readonly signal: AbortSignal;

  /** Gives up, with the last thing that went wrong, once the signal is aborted. */
  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async ask<Answer>(method: string, url: string, body?: unknown): Promise<Answer> {
    for (let delay = 50; ; delay = Math.min(delay * 2, 1_000)) {
      const answered = await this.once<Answer>(method, url, body);
      if ('answer' in answered) return answered.answer;
      if (this.signal.aborted) throw new Error(answered.problem);
      await pause(delay);
    }
  }

  private async once<Answer>(
    method: string,
    url: string,
    body: unknown,
  ): Promise<{ answer: Answer } | { problem: string }> {
    const content =
      body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    let response: Response;
    try {
      response = await fetch(url, { method, ...content, signal: AbortSignal.timeout(30_000) });
    } catch {
      return { problem: `${new URL(url).origin} does not answer. Is Millrace running? (npm start)` };
    }
    const text = await response.text();
    if (response.status === 503 || response.status === 500) return { problem: `${method} ${url}: ${text}` };
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
    // Who asks knows what that address answers.
    return { answer: JSON.parse(text) as Answer };
  }
}
