import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Range, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Definition } from '@/lib/flow/model';
import type { Format } from '@/lib/flow/parse';
import { completionFor } from './completion';
import { languageSupport } from './languages';
import { bringInStep, fromOutside } from './outside';
import { theme } from './theme';

interface Listener {
  readonly definition: () => Definition;
  /** Without it the text can only be read. */
  readonly typed?: (source: string) => void;
  /** The cursor was moved by hand. */
  readonly moved: (offset: number, source: string) => void;
}

/** The editor of a whole definition. */
export interface Pane {
  show(source: string): void;
  mark(diagnostics: Diagnostic[]): void;
  /** Highlights a stretch of the text and, where the cursor is not in it, brings it into view. */
  choose(stretch: { readonly from: number; readonly to: number } | undefined): void;
  close(): void;
}

/** Undo is the document's, not the editor's: a key pressed here undoes what was done on the canvas, too. */
export function openPane(parent: HTMLElement, source: string, format: Format, listener: Listener): Pane {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        languageSupport(format),
        theme,
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        bracketMatching(),
        closeBrackets(),
        indentOnInput(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        chosenLines,
        EditorState.readOnly.of(listener.typed === undefined),
        autocompletion({ override: [completionFor(format, listener.definition)] }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...searchKeymap,
          ...foldKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': 'Definition', tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.transactions.some((change) => change.annotation(fromOutside) === true)) return;
          if (update.docChanged) listener.typed?.(update.state.doc.toString());
          else if (update.transactions.some((change) => change.isUserEvent('select')))
            listener.moved(update.state.selection.main.head, update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    show: (next) => bringInStep(view, next),
    mark: (diagnostics) => view.dispatch(setDiagnostics(view.state, diagnostics)),
    choose: (stretch) => choose(view, stretch),
    close: () => view.destroy(),
  };
}

type Stretch = { readonly from: number; readonly to: number };
const setChosen = StateEffect.define<Stretch | undefined>();
const chosenLine = Decoration.line({ class: 'cm-chosen' });

const chosenLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, change) {
    for (const effect of change.effects) if (effect.is(setChosen)) return linesOf(change.state, effect.value);
    return lines.map(change.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function linesOf(state: EditorState, stretch: Stretch | undefined): DecorationSet {
  if (stretch === undefined) return Decoration.none;
  const end = Math.min(stretch.to, state.doc.length);
  const lines: Range<Decoration>[] = [];
  for (let at = Math.min(stretch.from, end); at <= end; ) {
    const line = state.doc.lineAt(at);
    lines.push(chosenLine.range(line.from));
    at = line.to + 1;
  }
  return Decoration.set(lines);
}

function choose(view: EditorView, stretch: Stretch | undefined) {
  const { head } = view.state.selection.main;
  const isInside = stretch !== undefined && head >= stretch.from && head <= stretch.to && view.hasFocus;
  const scroll =
    stretch === undefined || isInside
      ? []
      : [EditorView.scrollIntoView(stretch.from, { y: 'start', yMargin: 40 })];
  view.dispatch({ effects: [setChosen.of(stretch), ...scroll], annotations: fromOutside.of(true) });
}
