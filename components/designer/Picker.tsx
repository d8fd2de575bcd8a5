import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { addAt } from './gestures';
import { itemsOf } from './kinds';
import { useBench, useSession } from './SessionContext';

/** Asks which state to add, right where it goes. */
export function Picker() {
  const { session, kinds } = useBench();
  const picking = useSession((state) => state.picking);
  const close = () => session.setState({ picking: undefined });
  if (picking === undefined) return null;
  const { spot, at } = picking;
  return (
    <Popover.Root open onOpenChange={(open) => open || close()}>
      <Popover.Anchor asChild>
        <span aria-hidden className="pointer-events-none fixed size-0" style={{ left: at.x, top: at.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label="Add a state"
          side="bottom"
          sideOffset={4}
          collisionPadding={12}
          className="z-50 w-72 animate-overlay-in overflow-hidden rounded-lg border bg-surface shadow-overlay outline-none"
        >
          <Command label="Add a state" loop className="flex max-h-80 flex-col">
            <Command.Input
              autoFocus
              placeholder="Which state?"
              className="h-10 w-full shrink-0 border-b bg-transparent px-3 text-sm outline-none placeholder:text-faint"
            />
            <Command.List className="overflow-y-auto p-1">
              <Command.Empty className="px-2 py-4 text-center text-muted text-xs">
                No state is called so.
              </Command.Empty>
              {itemsOf(kinds).map((item) => (
                <Command.Item
                  key={item.id}
                  value={item.title}
                  keywords={[item.description]}
                  onSelect={() => {
                    close();
                    addAt(session, spot, item.kind);
                  }}
                  className="flex cursor-default items-center gap-2.5 rounded-md px-2 py-1.5 data-[selected=true]:bg-hover"
                >
                  <item.icon className="size-4 shrink-0 text-muted" strokeWidth={1.75} aria-hidden />
                  <span className="text-sm">{item.title}</span>
                  <span className="ml-auto truncate pl-2 text-faint text-xs">{item.group}</span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
