import { create } from 'zustand';

interface More {
  /** A message with the same id takes the place of the one before. */
  readonly id?: string;
  readonly description?: string;
}

/** Whether the place where messages appear is wanted: it is fetched with the first of them, or once the page is at rest. */
export const useToaster = create<{ readonly isWanted: boolean }>(() => ({ isWanted: false }));

let arrived: () => void = () => undefined;
const place = new Promise<void>((resolve) => {
  arrived = resolve;
});

export function wantToaster() {
  useToaster.setState({ isWanted: true });
}

/** The place is there, and shows what is said from now on. */
export function toasterArrived() {
  arrived();
}

/** Short messages that go away by themselves. */
export const toast = {
  success: (text: string, more?: More) => void say('success', text, more),
  error: (text: string, more?: More) => void say('error', text, more),
};

async function say(kind: 'success' | 'error', text: string, more: More | undefined) {
  wantToaster();
  const [sonner] = await Promise.all([import('sonner'), place]);
  sonner.toast[kind](text, more);
}
