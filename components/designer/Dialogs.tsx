import { ConnectDialog } from './ConnectDialog';
import { Picker } from './Picker';
import { RunDialog } from './RunDialog';
import { SaveNoteDialog } from './SaveNoteDialog';

/** Everything that the designer asks over the canvas. */
export function Dialogs({ name }: { readonly name: string }) {
  return (
    <>
      <Picker />
      <ConnectDialog />
      <RunDialog name={name} />
      <SaveNoteDialog />
    </>
  );
}
