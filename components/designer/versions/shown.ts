import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client } from '@/components/shell/client';
import { useQueryState } from '@/components/shell/query-state';
import type { Document } from '@/lib/editor/document';
import { settled } from '@/lib/editor/text';
import { documentOfVersion } from '../document-of-version';
import { useBench, useSession } from '../SessionContext';
import { isUnsaved } from '../saving';

/** A saved version by its number, or what is on the canvas and not saved. */
export type Shown = number | 'draft';
export type View = 'canvas' | 'code' | 'changes';
const views: readonly View[] = ['canvas', 'code', 'changes'];

export function nameOf(shown: Shown): string {
  return shown === 'draft' ? 'Draft' : `Version ${shown}`;
}

/** What is looked at and how: it stands in the address, so that it can be shared. */
export function useShown() {
  const { get, set } = useQueryState();
  const newest = useSession((state) => state.saved.number);
  const hasDraft = useSession(isUnsaved);
  const asked = shownFrom(get('version'), newest);
  const shown = asked === 'draft' && !hasDraft ? newest : asked;
  const view = views.find((one) => one === get('view')) ?? 'canvas';
  return {
    /** Undefined where the address names no version. */
    shown,
    view,
    /** What it is compared with; undefined where there is nothing to compare it with. */
    base: get('with') === '' ? baseOf(shown, newest) : shownFrom(get('with'), newest),
    newest,
    hasDraft,
    show: (next: Shown) => set({ version: String(next), with: '' }),
    look: (next: View) => set({ view: next === 'canvas' ? '' : next }),
    compare: (base: Shown) => set({ with: String(base) }),
  };
}

function shownFrom(text: string, newest: number): Shown | undefined {
  if (text === 'draft') return 'draft';
  if (text === 'latest') return newest === 0 ? 'draft' : newest;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** The one before it. */
function baseOf(shown: Shown | undefined, newest: number): Shown | undefined {
  if (shown === 'draft') return newest === 0 ? undefined : newest;
  return shown === undefined || shown < 2 ? undefined : shown - 1;
}

/** The versions of the flow, newest first. */
export function useVersions() {
  const { flowId } = useBench();
  return useInfiniteQuery({
    queryKey: ['versions', flowId],
    queryFn: ({ pageParam, signal }) =>
      client.listVersions(
        { params: { flowId }, query: { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

type Opening =
  | { readonly is: 'ready'; readonly document: Document }
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly problem: Error; readonly retry: () => void };

/** A version, or the draft, as a document to look at. */
export function useDocument(shown: Shown | undefined): Opening {
  const { flowId } = useBench();
  const draft = useSession((state) => state.history.present);
  const number = typeof shown === 'number' ? shown : 0;
  const version = useQuery({
    queryKey: ['version', flowId, number],
    queryFn: ({ signal }) => readVersion(flowId, number, signal),
    enabled: number > 0,
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (shown === 'draft') return { is: 'ready', document: settled(draft) };
  if (version.data !== undefined) return { is: 'ready', document: version.data };
  if (version.error === null) return { is: 'loading' };
  return { is: 'failed', problem: version.error, retry: () => void version.refetch() };
}

async function readVersion(flowId: string, number: number, signal: AbortSignal): Promise<Document> {
  return documentOfVersion(await client.getVersion({ params: { flowId, number } }, signal));
}
