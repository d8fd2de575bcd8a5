type Texts = typeof import('@/lib/editor/text');

let fetched: Texts | undefined;

/** What reads and writes the text of a document: half as large as the designer, and not needed to draw. */
export async function fetchTexts(): Promise<Texts> {
  fetched ??= await import('@/lib/editor/text');
  return fetched;
}

/** The same where it was fetched before; undefined where it was not. */
export function textsAtHand(): Texts | undefined {
  return fetched;
}

/** The same, for what happens while the code is open: it is opened only once they are there. */
export function texts(): Texts {
  if (fetched === undefined) throw new Error('the code is open, but what reads it was not fetched');
  return fetched;
}
