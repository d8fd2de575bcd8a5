import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';

/** Where a machine begins: a word for the flow itself, a dot inside containers. */
export const StartMark = memo(function StartMark({ id }: NodeProps) {
  const isOutermost = id === '/StartAt';
  return (
    <div className={isOutermost ? 'start-pill' : 'start-dot'}>
      {isOutermost ? 'Start' : ''}
      <Handle
        type="source"
        id="main"
        position={Position.Bottom}
        className="handle handle-off"
        isConnectable={false}
        aria-hidden
      />
    </div>
  );
});
