'use client';

import { LayoutTemplate, ListTree, type LucideIcon, Search, Settings, Workflow } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Tooltip } from '@/components/ui/Tooltip';
import { CommandPalette } from './CommandPalette';
import { HealthBanner } from './Health';
import { Mark } from './Mark';
import { openPalette, usePalette } from './palette';
import { ThemeSwitch } from './ThemeSwitch';
import { useShortcuts } from './use-shortcuts';

/** Dialogs come when they are asked for; the page is there before. */
const NewFlowDialog = dynamic(
  () => import('@/components/flows/NewFlowDialog').then((module) => module.NewFlowDialog),
  { ssr: false },
);
const ShortcutsDialog = dynamic(() => import('./ShortcutsDialog').then((module) => module.ShortcutsDialog), {
  ssr: false,
});

interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly here: (path: string) => boolean;
}

const places: readonly Place[] = [
  { href: '/', label: 'Flows', icon: Workflow, here: (path) => path === '/' || path.startsWith('/flows') },
  {
    href: '/executions',
    label: 'Executions',
    icon: ListTree,
    here: (path) => path.startsWith('/executions'),
  },
  {
    href: '/templates',
    label: 'Templates',
    icon: LayoutTemplate,
    here: (path) => path.startsWith('/templates'),
  },
  { href: '/settings', label: 'Settings', icon: Settings, here: (path) => path.startsWith('/settings') },
];

/** The frame around every page: a rail at the left, on phones a bar at the bottom. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { creating, shortcuts } = usePalette();
  useShortcuts();
  return (
    <div className="flex h-dvh flex-col-reverse md:flex-row">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:border focus:bg-surface focus:px-3 focus:py-1"
      >
        Skip to the page
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <HealthBanner />
        <main id="page" className="flex min-h-0 flex-1 flex-col">
          {children}
        </main>
      </div>
      <CommandPalette />
      {creating && <NewFlowDialog />}
      {shortcuts && <ShortcutsDialog />}
    </div>
  );
}

function Rail() {
  const path = usePathname();
  return (
    <header className="flex shrink-0 items-center border-t bg-surface px-2 md:w-17 md:flex-col md:border-t-0 md:border-r md:px-0 md:py-2">
      <Link
        href="/"
        aria-label="Millrace"
        className="mb-2 hidden size-9 items-center justify-center rounded-md md:flex"
      >
        <Mark className="size-5" />
      </Link>
      <nav aria-label="Main" className="flex flex-1 gap-1 md:flex-none md:flex-col">
        {places.map(({ href, label, icon: Icon, here }) => (
          <Link
            key={href}
            href={href}
            aria-current={here(path) ? 'page' : undefined}
            className={cn(
              'flex flex-1 flex-col items-center gap-0.5 rounded-md py-1.5 text-[11px] text-muted leading-4 hover:bg-hover hover:text-foreground md:w-15 md:flex-none',
              here(path) && 'bg-hover font-medium text-foreground',
            )}
          >
            <Icon
              className={cn('size-4.5', here(path) && 'text-accent-text')}
              strokeWidth={1.75}
              aria-hidden
            />
            {label}
          </Link>
        ))}
      </nav>
      <div className="flex items-center gap-1 md:mt-auto md:flex-col">
        <Tooltip text="Search and commands" shortcut="Ctrl K" side="right">
          <button
            type="button"
            aria-label="Search and commands"
            onClick={() => openPalette(true)}
            className="flex size-9 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-foreground"
          >
            <Search className="size-4.5" strokeWidth={1.75} aria-hidden />
          </button>
        </Tooltip>
        <ThemeSwitch />
      </div>
    </header>
  );
}
