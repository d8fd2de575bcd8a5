'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf, tellProblem } from '@/components/shell/tell';
import { Badge } from '@/components/ui/Badge';
import { Button } from '@/components/ui/Button';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { Dialog } from '@/components/ui/Dialog';
import { IconButton } from '@/components/ui/IconButton';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { toast } from '@/components/ui/toast';
import type { Alias } from '@/lib/api/alias-contracts';
import { AliasForm } from './AliasForm';

interface AliasesDialogProps {
  readonly flowId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Names for versions that may change, such as `live`: which versions each stands for, and in which shares. */
export function AliasesDialog({ flowId, open, onOpenChange }: AliasesDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Aliases"
      description="Start by an alias, and change later which version that is. With several versions, each execution gets one by chance and keeps it."
      size="lg"
    >
      <Aliases flowId={flowId} />
    </Dialog>
  );
}

function Aliases({ flowId }: { readonly flowId: string }) {
  const [editing, setEditing] = useState<Alias | 'new'>();
  const aliases = useQuery({
    queryKey: ['aliases', flowId],
    queryFn: ({ signal }) => client.listAliases({ params: { flowId } }, signal),
  });
  if (aliases.isError)
    return (
      <ErrorState
        title="The aliases could not be read"
        detail={sentenceOf(aliases.error)}
        onRetry={() => void aliases.refetch()}
      />
    );
  if (aliases.data === undefined) return <Skeleton className="h-24" />;
  if (editing !== undefined)
    return (
      <AliasForm
        flowId={flowId}
        {...(editing === 'new' ? {} : { alias: editing })}
        onClose={() => setEditing(undefined)}
      />
    );
  const { items } = aliases.data;
  const add = (
    <Button onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      New alias
    </Button>
  );
  if (items.length === 0)
    return (
      <EmptyState title="This flow has no alias yet" actions={add}>
        Point “live” at a version, and let callers start that.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Aliases" className="divide-y rounded-md border">
        {items.map((alias) => (
          <Row key={alias.name} flowId={flowId} alias={alias} onEdit={() => setEditing(alias)} />
        ))}
      </ul>
      <div>{add}</div>
    </div>
  );
}

interface RowProps {
  readonly flowId: string;
  readonly alias: Alias;
  readonly onEdit: () => void;
}

function Row({ flowId, alias, onEdit }: RowProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const remove = async () => {
    setBusy(true);
    try {
      await client.deleteAlias({ params: { flowId, alias: alias.name } });
      toast.success(`Alias ${alias.name} deleted`);
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ['aliases', flowId] });
    } catch (problem) {
      tellProblem('The alias was not deleted', problem);
    }
    setBusy(false);
  };
  return (
    <li className="flex flex-wrap items-center gap-2 px-3 py-2">
      <code className="font-medium text-sm">{alias.name}</code>
      {alias.routes.map(({ version, weight }) => (
        <Badge key={version}>
          v{version} · {weight} %
        </Badge>
      ))}
      <span className="ml-auto flex">
        <IconButton label={`Edit ${alias.name}`} size="sm" onClick={onEdit}>
          <Pencil aria-hidden />
        </IconButton>
        <IconButton label={`Delete ${alias.name}`} size="sm" onClick={() => setAsking(true)}>
          <Trash2 aria-hidden />
        </IconButton>
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete the alias ${alias.name}?`}
        description="Nothing can be started by it any more. Executions that were started by it go on."
        action="Delete alias"
        busy={busy}
        onConfirm={() => void remove()}
      />
    </li>
  );
}
