'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { useSubmit } from '@/components/shell/use-submit';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { FormButtons } from '@/components/ui/FormButtons';
import { IconButton } from '@/components/ui/IconButton';
import { Input } from '@/components/ui/Input';
import { NumberInput } from '@/components/ui/NumberInput';
import { Select } from '@/components/ui/Select';
import { toast } from '@/components/ui/toast';
import type { Alias } from '@/lib/api/alias-contracts';

interface AliasFormProps {
  readonly flowId: string;
  /** Absent for a new one. */
  readonly alias?: Alias;
  readonly onClose: () => void;
}

type Route = Alias['routes'][number];

/** Which versions an alias stands for, and how many of a hundred executions each gets. */
export function AliasForm({ flowId, alias, onClose }: AliasFormProps) {
  const versions = useQuery({
    queryKey: ['versions', flowId, 'all'],
    queryFn: ({ signal }) => client.listVersions({ params: { flowId }, query: { limit: 200 } }, signal),
  });
  const numbers = versions.data?.items.map(({ number }) => number) ?? [];
  const [name, setName] = useState(alias?.name ?? 'live');
  const [changed, setRoutes] = useState<readonly Route[] | undefined>(alias?.routes);
  const routes = changed ?? numbers.slice(0, 1).map((version) => ({ version, weight: 100 }));
  const queries = useQueryClient();
  const total = routes.reduce((sum, { weight }) => sum + weight, 0);
  const free = numbers.filter((number) => !routes.some(({ version }) => version === number));
  const form = useSubmit(async () => {
    await client.saveAlias({ params: { flowId, alias: name }, body: { routes: [...routes] } });
    toast.success(`Alias ${name} saved`);
    await queries.invalidateQueries({ queryKey: ['aliases', flowId] });
    onClose();
  });
  return (
    <form onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <Field label="Name" hint="Letters, digits, - and _.">
        {(ids) => (
          <Input
            {...ids}
            value={name}
            disabled={alias !== undefined}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Routes routes={routes} free={free} onChange={setRoutes} />
      <div className="flex items-center gap-2">
        <Button
          size="sm"
          disabled={free.length === 0 || routes.length >= 10}
          onClick={() => {
            const [version] = free;
            if (version !== undefined) setRoutes([...routes, { version, weight: Math.max(0, 100 - total) }]);
          }}
        >
          <Plus aria-hidden />
          Add a version
        </Button>
        <p className="tabular ml-auto text-muted text-xs">
          {total === 100 ? '100 % in all' : `${total} % in all: it must be 100`}
        </p>
      </div>
      <FormButtons
        action="Save alias"
        cancel="Back"
        disabled={total !== 100 || name.trim() === ''}
        busy={form.busy}
        error={form.error}
        onCancel={onClose}
      />
    </form>
  );
}

interface RoutesProps {
  readonly routes: readonly Route[];
  /** Versions that no route has. */
  readonly free: readonly number[];
  readonly onChange: (routes: readonly Route[]) => void;
}

function Routes({ routes, free, onChange }: RoutesProps) {
  const change = (at: number, to: Partial<Route>) =>
    onChange(routes.map((route, index) => (index === at ? { ...route, ...to } : route)));
  return (
    <ul aria-label="Versions" className="flex flex-col gap-2">
      {routes.map(({ version, weight }, at) => (
        <li key={version} className="flex items-center gap-2">
          <Select
            label="Version"
            className="w-36"
            value={String(version)}
            options={[version, ...free].map((each) => ({ value: String(each), label: `Version ${each}` }))}
            onChange={(next) => change(at, { version: Number(next) })}
          />
          <NumberInput
            aria-label={`Percent for version ${version}`}
            className="w-20"
            min={0}
            max={100}
            value={weight}
            onChange={(next) => change(at, { weight: next ?? 0 })}
          />
          <span className="text-muted text-sm">% of the executions</span>
          {routes.length > 1 && (
            <IconButton
              label={`Remove version ${version}`}
              size="sm"
              className="ml-auto"
              onClick={() => onChange(routes.filter((_, index) => index !== at))}
            >
              <X aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
