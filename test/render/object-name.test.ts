import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { dnsLabelProblem } from '../../src/core/names';
import { objectName } from '../../src/render/object-name';
import { complaint } from '../complaints';

const construct = (id: string) => new Construct(new Chart(new App(), 'c'), id);

describe('objectName', () => {
  test('is the id, or the name given, and after it the run', () => {
    expect(objectName(construct('bert'), undefined)).toBe('bert');
    expect(objectName(construct('bert'), 'large')).toBe('large');
    expect(objectName(construct('bert'), undefined, 'v3')).toBe('bert-v3');
    expect(objectName(construct('bert'), 'large', 'v3')).toBe('large-v3');
  });

  test('COR005 fails for what is no name, and says what it was made from', () => {
    expect(complaint(() => objectName(construct('My_Model'), undefined))).toBe(
      "[c/My_Model] COR005: the name 'My_Model', made from id, must consist of lower-case letters, digits, '-' and '.', and start and end with a letter or digit.\n" +
        '    Fix: Give another id, or set name. (bad-name)',
    );
    expect(complaint(() => objectName(construct('bert'), 'Large', 'v3'))).toContain('made from name and run');
  });

  test('COR005 fails beyond the budget of the kind', () => {
    const name = 'x'.repeat(64);
    expect(complaint(() => objectName(construct(name), undefined, undefined, dnsLabelProblem))).toContain('COR005');
    expect(complaint(() => objectName(construct(name), undefined))).toBe('');
  });

  test('COR005 passes for an id with a slash, which constructs turns into dashes', () => {
    expect(objectName(construct('a/b'), undefined)).toBe('a--b');
  });
});
