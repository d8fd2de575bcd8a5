import {
  type Connection,
  type Edge,
  type FinalConnectionState,
  type IsValidConnection,
  type OnConnect,
  type OnConnectEnd,
  type OnReconnect,
  useReactFlow,
} from '@xyflow/react';
import { useRef } from 'react';
import type { Exit } from '@/lib/editor/connect';
import type { Point } from '@/lib/editor/document';
import { spotAt } from '@/lib/editor/target';
import { useCanvasStore } from './canvas-store';

/**
 * Drawing arrows. An arrow may be let go anywhere on a card, not only on its dot; let go over free ground, it asks
 * which state to put there.
 */
export function useConnecting() {
  const store = useCanvasStore();
  const flow = useReactFlow();
  const isReconnecting = useRef(false);
  const stateUnder = (at: Point) => {
    const spot = spotAt(store.getState().scene, flow.screenToFlowPosition(at));
    return spot.at === 'after' ? spot.state : undefined;
  };
  const onConnect: OnConnect = ({ source, target, sourceHandle }) =>
    store.getState().gestures?.connect(source, target, exitOf(sourceHandle));
  const onReconnect: OnReconnect = (edge: Edge, { target }: Connection) =>
    store.getState().gestures?.reconnect(edge.id, target);
  const onConnectEnd: OnConnectEnd = (event, connection) => {
    const { gestures } = store.getState();
    const from = connection.fromNode?.id;
    if (isReconnecting.current || gestures === undefined || from === undefined || connection.isValid) return;
    const at = screenPoint(event);
    const to = stateUnder(at);
    if (to !== undefined && to !== from) gestures.connect(from, to, exitOf(connection.fromHandle?.id));
    else if (to === undefined) gestures.pick({ at: 'after', state: from }, at);
  };
  const isValidConnection: IsValidConnection = ({ source, target }) =>
    store.getState().gestures?.mayConnect(source, target) ?? false;
  return {
    onConnect,
    onConnectEnd,
    onReconnect,
    onReconnectStart: () => {
      isReconnecting.current = true;
    },
    onReconnectEnd: (
      event: MouseEvent | TouchEvent,
      edge: Edge,
      _: unknown,
      connection: FinalConnectionState,
    ) => {
      isReconnecting.current = false;
      const to = connection.isValid ? undefined : stateUnder(screenPoint(event));
      if (to !== undefined && to !== edge.target) store.getState().gestures?.reconnect(edge.id, to);
    },
    isValidConnection,
    connectionRadius: 28,
  };
}

function exitOf(handle: string | null | undefined): Exit {
  return handle === 'side' ? 'side' : 'main';
}

function screenPoint(event: MouseEvent | TouchEvent): Point {
  const at = 'clientX' in event ? event : event.changedTouches[0];
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}
