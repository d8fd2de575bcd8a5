import { useQuery } from '@tanstack/react-query';
import { Tag } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { client } from '@/components/shell/client';
import { moveInList } from '@/components/shell/list-keys';
import { sentenceOf } from '@/components/shell/tell';
import { Badge } from '@/components/ui/Badge';
import { Button } from '@/components/ui/Button';
import { cn } from '@/components/ui/cn';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { TimeAgo } from '@/components/ui/Time';
import type { VersionSummary } from '@/lib/api/resources';
import { useBench } from '../SessionContext';
import { type Shown, useVersions } from './shown';

interface VersionListProps {
  readonly shown: Shown | undefined;
  readonly hasDraft: boolean;
  readonly onShow: (next: Shown) => void;
}

/** The draft, where there is one, and the versions, newest first; arrow keys (and J, K) walk through them. */
export function VersionList({ shown, hasDraft, onShow }: VersionListProps) {
  const versions = useVersions();
  const aliases = useAliases();
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  if (versions.isError)
    return (
      <ErrorState
        title="The versions could not be read"
        detail={sentenceOf(versions.error)}
        onRetry={() => void versions.refetch()}
      />
    );
  if (versions.isPending)
    return (
      <div role="status" aria-label="Loading versions" className="flex flex-col gap-2 p-3">
        {['a', 'b', 'c', 'd'].map((row) => (
          <Skeleton key={row} className="h-12" />
        ))}
      </div>
    );
  if (items.length === 0 && !hasDraft)
    return <EmptyState title="Nothing was saved yet">Each save of the flow becomes a version.</EmptyState>;
  return (
    <>
      <ol aria-label="Versions" className="flex flex-col gap-px p-1.5" onKeyDown={walk}>
        {hasDraft && (
          <Row isShown={shown === 'draft'} name="Draft" onPress={() => onShow('draft')}>
            <span className="text-status-retrying text-xs">Not saved, in this browser only</span>
          </Row>
        )}
        {items.map((version, index) => (
          <VersionRow
            key={version.number}
            version={version}
            isNewest={index === 0}
            aliases={aliases.get(version.number) ?? []}
            isShown={shown === version.number}
            onPress={() => onShow(version.number)}
          />
        ))}
      </ol>
      {versions.hasNextPage && (
        <div className="flex justify-center p-2">
          <Button
            size="sm"
            disabled={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            Show older versions
          </Button>
        </div>
      )}
    </>
  );
}

function walk(event: KeyboardEvent) {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
  if (by === undefined) return;
  event.preventDefault();
  moveInList(by);
}

/** The aliases that lead to each version, by its number. */
function useAliases(): ReadonlyMap<number, readonly string[]> {
  const { flowId } = useBench();
  const { data } = useQuery({
    queryKey: ['aliases', flowId],
    queryFn: ({ signal }) => client.listAliases({ params: { flowId } }, signal),
  });
  const known = new Map<number, readonly string[]>();
  for (const { name, routes } of data?.items ?? [])
    for (const { version } of routes) known.set(version, [...(known.get(version) ?? []), name]);
  return known;
}

interface VersionRowProps {
  readonly version: VersionSummary;
  readonly isNewest: boolean;
  readonly aliases: readonly string[];
  readonly isShown: boolean;
  readonly onPress: () => void;
}

function VersionRow({ version, isNewest, aliases, isShown, onPress }: VersionRowProps) {
  const { number, note, createdAt } = version;
  const badges = (
    <>
      {isNewest && <Badge>newest</Badge>}
      {aliases.map((name) => (
        <Badge key={name} className="min-w-0">
          <Tag aria-hidden className="size-3 shrink-0" />
          <span className="sr-only">Alias </span>
          <span className="truncate">{name}</span>
        </Badge>
      ))}
    </>
  );
  return (
    <Row isShown={isShown} name={`Version ${number}`} badges={badges} onPress={onPress}>
      <TimeAgo at={Date.parse(createdAt)} className="text-faint text-xs" />
      {note !== '' && (
        <span className={cn('break-words text-muted text-xs', !isShown && 'line-clamp-2')}>{note}</span>
      )}
    </Row>
  );
}

interface RowProps {
  readonly isShown: boolean;
  readonly name: string;
  readonly badges?: ReactNode;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Row({ isShown, name, badges, onPress, children }: RowProps) {
  return (
    <li>
      <button
        type="button"
        data-row="follow"
        aria-pressed={isShown}
        onClick={onPress}
        className={cn(
          'flex w-full flex-col gap-0.5 rounded-md px-2.5 py-1.5 text-left outline-offset-[-2px] hover:bg-hover',
          isShown && 'bg-accent-soft hover:bg-accent-soft',
        )}
      >
        <span className="flex min-w-0 flex-wrap items-center gap-1.5">
          <span className={cn('font-medium', isShown && 'text-accent-text')}>{name}</span>
          {badges}
        </span>
        {children}
      </button>
    </li>
  );
}
