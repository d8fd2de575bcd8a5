'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './IconButton';
import { toast } from './toast';

interface CopyButtonProps {
  /** The text, or a function that makes it when it is asked for (big JSON). */
  readonly text: string | (() => string);
  /** What is copied: `Copy execution id`. */
  readonly label: string;
  readonly className?: string;
}

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  // Talks to the browser's clock: the tick goes away by itself.
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1200);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
    } catch {
      toast.error('The browser did not allow copying', {
        description: 'Select the text and copy it with the keyboard.',
      });
    }
  };
  return (
    <IconButton label={copied ? 'Copied' : label} size="sm" className={className} onClick={() => void copy()}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
