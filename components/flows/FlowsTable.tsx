'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import { HeadCell, Table } from '@/components/ui/Table';
import type { FlowSummary } from '@/lib/api/resources';
import { FlowRow } from './FlowRow';

type Column = 'name' | 'last' | 'updated';
interface Order {
  readonly by: Column;
  readonly down: boolean;
}

const orders: { readonly [Name in Column]: (one: FlowSummary, other: FlowSummary) => number } = {
  name: (one, other) => other.name.localeCompare(one.name),
  last: (one, other) =>
    (one.lastExecution?.startedAt ?? '').localeCompare(other.lastExecution?.startedAt ?? ''),
  updated: (one, other) => one.updatedAt.localeCompare(other.updatedAt),
};

export function FlowsTable({ flows }: { readonly flows: readonly FlowSummary[] }) {
  const [order, setOrder] = useState<Order>({ by: 'updated', down: true });
  const sorted = flows.toSorted((one, other) => orders[order.by](one, other) * (order.down ? -1 : 1));
  return (
    <Table aria-label="Flows">
      <thead className="sticky top-0 z-10 bg-background">
        <tr>
          <SortCell column="name" order={order} onSort={setOrder}>
            Name
          </SortCell>
          <SortCell column="last" order={order} onSort={setOrder}>
            Last execution
          </SortCell>
          <HeadCell className="max-md:hidden">Last 30 days</HeadCell>
          <HeadCell className="max-lg:hidden">Version</HeadCell>
          <SortCell column="updated" order={order} onSort={setOrder} className="max-md:hidden">
            Updated
          </SortCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {sorted.map((flow) => (
          <FlowRow key={flow.id} flow={flow} />
        ))}
      </tbody>
    </Table>
  );
}

interface SortCellProps {
  readonly column: Column;
  readonly order: Order;
  readonly onSort: (order: Order) => void;
  readonly children: string;
  readonly className?: string;
}

function SortCell({ column, order, onSort, children, className }: SortCellProps) {
  const chosen = order.by === column;
  const Arrow = order.down ? ArrowDown : ArrowUp;
  const direction = order.down ? 'descending' : 'ascending';
  return (
    <HeadCell aria-sort={chosen ? direction : 'none'} className={cn(className)}>
      <button
        type="button"
        onClick={() => onSort({ by: column, down: chosen ? !order.down : true })}
        className={cn(
          'inline-flex items-center gap-1 rounded-sm hover:text-foreground',
          chosen && 'text-foreground',
        )}
      >
        {children}
        <Arrow aria-hidden className={cn('size-3', !chosen && 'invisible')} />
      </button>
    </HeadCell>
  );
}
