import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import { AdmittedDocuments } from '../../../src/api/limits/admitted-documents.js';

describe('admitted documents', () => {
  const hash = (n: number): string => n.toString(16).padStart(64, '0');
  let documents: AdmittedDocuments;
  beforeEach(() => {
    documents = new AdmittedDocuments();
  });

  it('are found by the hash of their text with any prefix of Apollo', async () => {
    const document = parse('{ me { id } }');
    documents.add(hash(1), document);
    expect(await documents.get(`schema:${hash(1)}`)).toBe(document);
    expect(documents.has(document)).toBe(true);
    expect(documents.has(parse('{ me { id } }'))).toBe(false);
  });

  it('do not include documents that only parse', async () => {
    await documents.set();
    expect(await documents.get(hash(1))).toBeUndefined();
  });

  it('are the latest 200', async () => {
    const document = parse('{ me { id } }');
    for (let n = 0; n <= 200; n++) documents.add(hash(n), document);
    expect(await documents.get(hash(0))).toBeUndefined();
    expect(await documents.get(hash(1))).toBe(document);
  });

  it('need no further check of an operation without variables once it has been measured', () => {
    const [constant, variable] = [
      '{ me { id } }',
      'query ($n: Int) { images(first: $n) { totalCount } }',
    ].map((text) => parse(text).definitions[0] as OperationDefinitionNode) as [
      OperationDefinitionNode,
      OperationDefinitionNode,
    ];
    expect(documents.isMeasured(constant)).toBe(false);
    documents.measured(constant);
    documents.measured(variable);
    expect([constant, variable].map((operation) => documents.isMeasured(operation))).toEqual([true, false]);
  });

  it('are returned at once; unknown ones one in each turn of the event loop', async () => {
    const known = parse('{ me { id } }');
    documents.add(hash(1), known);
    const read: number[] = [];
    for (const n of [2, 3, 4, 5]) void documents.get(hash(n)).then(() => read.push(n));
    expect(await documents.get(hash(1))).toBe(known);
    for (let turn = 1; turn < 4; turn++) {
      expect(read.length).toBeLessThanOrEqual(turn);
      await nextTurn();
    }
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    expect(read).toEqual([2, 3, 4, 5]);
  });
});
