import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field } from '@/components/ui/Field';
import { Textarea } from '@/components/ui/Input';
import { useBench, useSession } from './SessionContext';
import { save } from './saving';

/** Saves a version with a note, which its line in the list of versions shows. */
export function SaveNoteDialog() {
  const bench = useBench();
  const { session } = bench;
  const isOpen = useSession((state) => state.isNoteOpen);
  const isSaving = useSession((state) => state.isSaving);
  const [note, setNote] = useState('');
  const close = () => session.setState({ isNoteOpen: false });
  const done = async () => {
    if ((await save(bench, note.trim())) === undefined) return;
    setNote('');
    close();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => open || close()}
      title="Save a new version"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" disabled={isSaving} onClick={() => void done()}>
            {isSaving ? 'Saving…' : 'Save version'}
          </Button>
        </>
      }
    >
      <Field label="Note" hint="What changed and why. The list of versions shows it.">
        {(ids) => (
          <Textarea
            {...ids}
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void done();
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}
