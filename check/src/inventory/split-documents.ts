/** The text of one document of a file. */
export interface DocumentText {
  readonly text: string;
  /** Line on which it starts, from 1. */
  readonly startLine: number;
}

const SEPARATOR = /^---(?=\s|$)/gm;
const SEPARATOR_LENGTH = 3;

/**
 * Splits a file where a line starts with `---`, as kubectl does before it parses.
 * https://github.com/kubernetes/apimachinery/blob/v0.35.0/pkg/util/yaml/decoder.go
 */
export function splitDocuments(file: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  let startLine = 1;
  const add = (end: number): void => {
    const text = file.slice(start, end);
    documents.push({ text, startLine });
    startLine += countLines(text);
  };
  for (const { index } of file.matchAll(SEPARATOR)) {
    add(index);
    // What follows the separator on its line belongs to the document: `--- {kind: Pod}` or a comment.
    start = index + SEPARATOR_LENGTH;
  }
  add(file.length);
  return documents.filter(({ text }) => text.trim() !== '');
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
