import { Testing } from 'cdk8s';
import { Component, DistributedTraining, Env, Stage, TrainingBackend } from 'cdk8s-ml';
import { complaint, complaints, jobComplaints, jobOf } from '../complaints';
import { chartWith, GANG, only } from '../training/fixtures';
import { passes, refuses } from './rows';

const SHA = 'c'.repeat(64);
const image = (name: unknown) => jobComplaints({ image: name });
const inProduction = (name: string) => jobComplaints({ image: name }, { stage: Stage.PRODUCTION });
const args = (...words: unknown[]) => jobComplaints({ args: words });
const env = (values: object) => jobComplaints({ env: values });
const OPERATOR = { components: [Component.TRAINING_OPERATOR], trainingBackend: TrainingBackend.PYTORCH_JOB };

describe('images, commands, environment', () => {
  refuses([
    {
      row: 'I01',
      what: 'an image with a space in front',
      says: () => image(' m:v1'),
      id: 'KUB007',
      naming: 'white space around',
    },
    { row: 'I01', what: 'an image with a line break behind', says: () => image('m:v1\n'), id: 'KUB007' },
    { row: 'I02', what: 'an image with a space inside', says: () => image('my image:v1'), id: 'KUB007' },
    {
      row: 'I02',
      what: 'an image in upper case',
      says: () => image('reg.io/My/Image:v1'),
      id: 'KUB007',
      naming: 'upper-case',
    },
    { row: 'I02', what: 'an image that ends with a colon', says: () => image('m:'), id: 'KUB007' },
    {
      row: 'I02',
      what: 'an image with a scheme',
      says: () => image('https://reg.io/m:v1'),
      id: 'KUB007',
      naming: 'scheme',
    },
    { row: 'I03', what: 'an empty image', says: () => image(''), id: 'COR004' },
    { row: 'I03', what: 'no image', says: () => image(undefined), id: 'COR003' },
    { row: 'I03', what: 'null for an image', says: () => image(null), id: 'COR001' },
    ...['m:latest', 'm', 'name-with-dots.and.1-2', 'reg:5000/m'].map((name) => ({
      row: 'I04',
      what: `${name} in production`,
      says: () => inProduction(name),
      id: 'KUB019',
      naming: 'no fixed tag',
    })),
    {
      row: 'I05',
      what: 'a digest of another length',
      says: () => image('m@sha256:abc'),
      id: 'KUB007',
      naming: 'digest',
    },
    { row: 'I08', what: 'a variable without a name', says: () => env({ '': Env.value('x') }), id: 'COR004' },
    {
      row: 'I08',
      what: 'a variable with an equals sign',
      says: () => env({ 'A=B': Env.value('x') }),
      id: 'COR004',
      naming: "'='",
    },
    { row: 'I08', what: 'a variable that is not ASCII', says: () => env({ größe: Env.value('x') }), id: 'COR004' },
    { row: 'I09', what: 'a number for a value', says: () => env({ LR: 3 }), id: 'COR001', naming: 'Env.value' },
    { row: 'I09', what: 'text for a value', says: () => env({ LR: '3' }), id: 'COR001', naming: 'Env.value' },
    {
      row: 'I09',
      what: 'a number inside of a value',
      says: () => complaint(() => Env.value(3 as never)),
      id: 'COR001',
    },
    {
      row: 'I10',
      what: 'a token in plain text',
      says: () => env({ HF_TOKEN: Env.value('abc') }),
      id: 'KUB009',
      naming: 'Env.secret',
    },
    { row: 'I10', what: 'a key in an argument', says: () => args('--key=AKIAIOSFODNN7EXAMPLE'), id: 'KUB009' },
    {
      row: 'I10',
      what: 'a password in a URL',
      says: () => env({ DB: Env.value('postgres://u:secret1@db') }),
      id: 'KUB009',
    },
    {
      row: 'I11',
      what: 'a value and a source',
      says: () => env({ A: { value: 'x', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } } }),
      id: 'KUB008',
    },
    {
      row: 'I11',
      what: 'a Secret without key',
      says: () => env({ A: { valueFrom: { secretKeyRef: { name: 'x' } } } }),
      id: 'KUB008',
      naming: 'without key',
    },
    { row: 'I11', what: 'a Secret with an empty key', says: () => complaint(() => Env.secret('x', '')), id: 'COR004' },
    { row: 'I12', what: 'a reference to a variable that nothing sets', says: () => args('$(EPOCHS)'), id: 'KUB010' },
    {
      row: 'I12',
      what: 'a reference to a variable that stands behind',
      says: () => env({ A: Env.value('$(B)'), B: Env.value('x') }),
      id: 'KUB010',
    },
    {
      row: 'I13',
      what: 'a shell variable in a value',
      says: () => env({ PATH: Env.value('$PATH:/x') }),
      id: 'KUB010',
      naming: '$(NAME)',
    },
    { row: 'I13', what: 'a shell variable in an argument', says: () => args('${HOME}/x'), id: 'KUB010' },
    {
      row: 'I14',
      what: 'a command in one text',
      says: () => jobComplaints({ command: ['python train.py'] }),
      id: 'KUB011',
      naming: 'one list item per argument',
    },
    {
      row: 'I14',
      what: 'a command that is text',
      says: () => jobComplaints({ command: 'python train.py' }),
      id: 'COR001',
      naming: 'a list',
    },
    { row: 'I14', what: 'an empty command', says: () => jobComplaints({ command: [] }), id: 'COR004' },
    {
      row: 'I15',
      what: 'a pipe without a shell',
      says: () => jobComplaints({ command: ['cat', 'a', '|', 'wc'] }),
      id: 'KUB011',
    },
    { row: 'I16', what: 'quotes around an argument', says: () => args('--x="a b"'), id: 'KUB011' },
    ...[3, true, null, undefined, ['x']].map((word) => ({
      row: 'I17',
      what: `${String(word)} as argument`,
      says: () => args('a', word),
      id: 'COR001',
      naming: 'args[1]',
    })),
    { row: 'I19', what: 'a restart policy', says: () => jobComplaints({ restartPolicy: 'Always' }), id: 'COR002' },
    { row: 'I21', what: 'a variable that the construct sets', says: () => env({ RUN: Env.value('x') }), id: 'KUB008' },
    ...['PET_NNODES', 'WORLD_SIZE', 'RANK', 'MASTER_ADDR'].map((name) => ({
      row: 'I21',
      what: `${name}, which the operator sets`,
      says: () =>
        complaints(
          (chart) => new DistributedTraining(chart, 'llm', { ...GANG, env: { [name]: Env.value('1') } }),
          OPERATOR,
        ),
      id: 'KUB008',
    })),
  ]);

  passes([
    { row: 'I04', what: 'a moving tag outside of production', says: () => image('m:latest') },
    { row: 'I04', what: 'a version in production', says: () => inProduction('m:v1.2') },
    { row: 'I05', what: 'a tag and a digest', says: () => inProduction(`m:v1@sha256:${SHA}`) },
    { row: 'I06', what: 'a registry with a port and no tag', says: () => image('reg:5000/m') },
    ...['1X', 'A-B', 'A B', 'a.b', '_'].map((name) => ({
      row: 'I08',
      what: `the variable '${name}', as every supported version does`,
      says: () => env({ [name]: Env.value('x') }),
    })),
    { row: 'I10', what: 'the name of a file with a token', says: () => env({ TOKEN_FILE: Env.value('/run/token') }) },
    { row: 'I12', what: 'a variable that stands before', says: () => env({ B: Env.value('x'), A: Env.value('$(B)') }) },
    { row: 'I12', what: 'a doubled dollar', says: () => args('$$(NOT)') },
    { row: 'I12', what: 'literal text', says: () => env({ A: Env.literal('$(NOT) ${A} $B') }) },
    {
      row: 'I13',
      what: 'a shell variable in a shell',
      says: () => jobComplaints({ command: ['sh', '-c', 'echo $HOME'] }),
    },
    { row: 'I15', what: 'a pipe in a shell', says: () => jobComplaints({ command: ['sh', '-c', 'cat a | wc'] }) },
  ]);

  test.each([
    ['#!/bin/sh\nset -e\n\n  echo "a  b"  \n\tcat <<EOF\nx\nEOF\n'],
    ['line\r\nline\r\n'],
    ['  leading and trailing  '],
    ['tab\tin\tbetween'],
    [`${'x'.repeat(200_000)}\n`],
    ['a\\nb \\ "c" \'d\' `e` {{ f }} %g @h'],
  ])('a script passes byte for byte (I18)', (script) => {
    const container = jobOf({ command: ['sh', '-c', script], env: { SCRIPT: Env.value(script) } }).spec.template.spec
      .containers[0];
    expect(container.command[2]).toBe(script);
    expect(container.env.at(-1)).toEqual({ name: 'SCRIPT', value: script });
  });

  test('the container of a PyTorchJob is called as the operator looks for it (I20)', () => {
    const chart = chartWith(OPERATOR);
    new DistributedTraining(chart, 'llm', GANG);
    const { Worker } = only(chart, 'PyTorchJob').spec.pytorchReplicaSpecs;
    expect(Worker.template.spec.containers[0].name).toBe('pytorch');
    expect(Testing.synth(chart)).toBeDefined();
  });
});
