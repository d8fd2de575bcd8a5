import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the product's colours; they are tokens, so light and dark need no second theme. */
const look = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--foreground)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-geist-mono), ui-monospace, Menlo, monospace',
    lineHeight: '19px',
  },
  '.cm-content': { caretColor: 'var(--foreground)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--foreground)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--hover) 70%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--ring) 30%, transparent)',
  },
  '.cm-line.cm-chosen': { backgroundColor: 'var(--accent-soft)', boxShadow: 'inset 2px 0 0 var(--accent)' },
  '.cm-tooltip': {
    border: '1px solid var(--border)',
    borderRadius: '8px',
    backgroundColor: 'var(--surface)',
    color: 'var(--foreground)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--hover)',
    color: 'var(--foreground)',
  },
  '.cm-tooltip-autocomplete ul li': { padding: '2px 8px' },
  '.cm-diagnostic': {
    padding: '6px 10px',
    maxWidth: '420px',
    fontFamily: 'var(--font-geist-sans), sans-serif',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--status-failed)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--status-retrying)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--foreground)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--sunken)',
    border: '1px solid var(--border)',
    color: 'var(--muted)',
  },
  '.cm-placeholder': { color: 'var(--faint)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--syntax-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syntax-string)' },
  { tag: tags.number, color: 'var(--syntax-number)' },
  { tag: [tags.keyword, tags.bool, tags.null, tags.operatorKeyword], color: 'var(--syntax-keyword)' },
  { tag: [tags.comment, tags.meta], color: 'var(--faint)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    color: 'var(--syntax-number)',
  },
]);

export const theme = [look, syntaxHighlighting(colours)];
