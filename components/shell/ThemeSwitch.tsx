'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { DropdownMenu } from '@/components/ui/Menu';

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { setTheme } = useTheme();
  return (
    <DropdownMenu
      align="start"
      trigger={
        <button
          type="button"
          aria-label="Theme"
          className="flex size-9 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-foreground"
        >
          <Sun className="size-4.5 dark:hidden" strokeWidth={1.75} aria-hidden />
          <Moon className="hidden size-4.5 dark:block" strokeWidth={1.75} aria-hidden />
        </button>
      }
      items={[
        { label: 'Light', icon: <Sun aria-hidden />, onSelect: () => setTheme('light') },
        { label: 'Dark', icon: <Moon aria-hidden />, onSelect: () => setTheme('dark') },
        { label: 'As the system', icon: <Monitor aria-hidden />, onSelect: () => setTheme('system') },
      ]}
    />
  );
}
