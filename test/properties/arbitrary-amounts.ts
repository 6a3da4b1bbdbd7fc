import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { anyText } from './hostile';
import { call, mostly, type Written } from './written';

// Texts for programs, and amounts with units, up to the edges.

/** Text that programs are given. */
export const anyArgument = mostly(
  fc.constantFrom('--lr=3e-4', 'train.py', '', 'größe', '日本語', '🙂', '$$(X)', 'a: b', '- x', '#', 'x'.repeat(5000)),
  fc.oneof(anyText, fc.constantFrom('$(RUN)', '0o17', 'a\nb', 'a b', "'", '"x"')),
  60,
);

/** A duration of whole seconds. */
export const seconds = (max: number): fc.Arbitrary<Written> =>
  call('Duration.seconds', Duration.seconds, fc.oneof(fc.integer({ min: 1, max }), fc.constantFrom(1, 60, max)));

/** Sizes of memory and disks. */
export const size: fc.Arbitrary<Written> = fc.oneof(
  { weight: 6, arbitrary: call('Size.gibibytes', Size.gibibytes, fc.integer({ min: 1, max: 2048 })) },
  {
    weight: 3,
    arbitrary: call('Size.mebibytes', Size.mebibytes, fc.oneof(fc.integer({ min: 1, max: 4096 }), fc.constant(4))),
  },
  { weight: 2, arbitrary: call('Size.kibibytes', Size.kibibytes, fc.integer({ min: 4096, max: 2 ** 31 })) },
  {
    weight: 2,
    arbitrary: call(
      'Size.kibibytes',
      Size.kibibytes,
      fc.integer({ min: 2 ** 23, max: 2 ** 40 }).map((bytes) => bytes / 1024),
    ),
  },
  { weight: 1, arbitrary: call('Size.tebibytes', Size.tebibytes, fc.constantFrom(0.5, 1.75, 1024)) },
);

/** Memory that leaves something to a process beside its volumes. */
export const largeSize: fc.Arbitrary<Written> = mostly(
  call('Size.gibibytes', Size.gibibytes, fc.integer({ min: 8, max: 1024 })),
  size,
  8,
);

export const cpu: fc.Arbitrary<Written> = fc.oneof(
  call(
    'Cpu.units',
    Cpu.units,
    mostly(fc.oneof(fc.integer({ min: 1, max: 32 }), fc.constantFrom(0.5, 1.25)), fc.constant(4096), 20),
  ),
  call('Cpu.millis', Cpu.millis, fc.integer({ min: 1, max: 16_000 })),
);
