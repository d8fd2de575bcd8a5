import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';

export type Language = 'json' | 'yaml' | 'javascript' | 'text';

/** Highlighting, brackets and folding of a language. */
export function languageSupport(language: Language): Extension {
  switch (language) {
    case 'json':
      return json();
    case 'yaml':
      return yaml();
    case 'javascript':
      return javascript();
    case 'text':
      return [];
  }
}
