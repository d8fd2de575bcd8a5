import { Handle, Position } from '@xyflow/react';
import { catches, flows } from '@/lib/editor/transitions';
import type { State } from '@/lib/flow/model';
import { useCanvas } from '../canvas-store';

/** Where arrows begin and end: in at the top, on at the bottom, aside (errors, otherwise) at the right. */
export function Handles({ name, state }: { readonly name: string; readonly state: State }) {
  const isReadOnly = useCanvas(({ gestures }) => gestures === undefined);
  const goesOn = flows(state) || state.Type === 'Choice';
  const goesAside = catches(state) || state.Type === 'Choice';
  const off = isReadOnly ? ' handle-off' : '';
  return (
    <>
      <Handle
        type="target"
        id="in"
        position={Position.Top}
        className={`handle${off}`}
        isConnectableStart={false}
        aria-hidden
      />
      <Handle
        type="source"
        id="main"
        position={Position.Bottom}
        className={`handle${goesOn ? off : ' handle-off'}`}
        isConnectable={goesOn}
        {...(isReadOnly || !goesOn
          ? { 'aria-hidden': true }
          : { role: 'button', 'aria-label': `Connect ${name}` })}
      />
      <Handle
        type="source"
        id="side"
        position={Position.Right}
        className={`handle${goesAside ? off : ' handle-off'}`}
        isConnectable={goesAside}
        {...(isReadOnly || !goesAside
          ? { 'aria-hidden': true }
          : {
              role: 'button',
              'aria-label': state.Type === 'Choice' ? `Otherwise after ${name}` : `Errors of ${name}`,
            })}
      />
    </>
  );
}
