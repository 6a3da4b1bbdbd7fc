import { imageProblem, isPinned } from '../../src/kinds/image';

const SHA = 'a'.repeat(64);

describe('imageProblem', () => {
  test.each([
    'busybox',
    'library/busybox:1.37',
    'registry.example.com/team/trainer:v1.0',
    'reg:5000/m',
    'reg:5000/m:v1',
    'localhost/m',
    'localhost:5000/a/b/c',
    '[2001:db8::1]:5000/m:v1',
    'Registry.Example.com/m',
    `m@sha256:${SHA}`,
    `reg.io/m:v1@sha256:${SHA}`,
    `reg.io/m@sha512:${SHA}${SHA}`,
    'a_b/c__d/e-f/g---h.i:T_a.g-1',
    'name-with-dots.and.1-2',
    `m:${'t'.repeat(128)}`,
  ])('takes %s', (image) => {
    expect(imageProblem(image)).toBeUndefined();
  });

  test.each([
    [' m', 'white space around'],
    ['m:v1\n', 'white space around'],
    ['my image', 'contains white space'],
    ['http://reg.io/m', 'starts with a scheme'],
    ['docker://m', 'starts with a scheme'],
    ['m:', 'ends with a colon'],
    ['reg.io/Team/m', 'upper-case letters in its repository'],
    ['MyImage', 'upper-case letters in its repository'],
    ['m:-tag', 'a tag that no registry takes'],
    [`m:${'t'.repeat(129)}`, 'a tag that no registry takes'],
    ['m@sha256:abc', 'a digest that is not'],
    [`m@sha256:${'g'.repeat(64)}`, 'a digest that is not'],
    [`m@md5:${'a'.repeat(32)}`, 'a digest that is not'],
    ['m@', 'a digest that is not'],
    ['-reg.io/m', 'no valid registry'],
    ['reg..io/m', 'no valid registry'],
    ['/m', 'is no image reference'],
    ['m//n', 'is no image reference'],
    ['m/', 'is no image reference'],
    ['', 'is no image reference'],
    ['m_', 'is no image reference'],
    ['${IMAGE}', 'upper-case letters'],
    ['é', 'is no image reference'],
    [SHA, 'is an image ID'],
    [`reg.io/${'r'.repeat(256)}`, 'a repository of more than 255 characters'],
    ['x'.repeat(100_000), 'longer than 512'],
  ])('refuses %p', (image, why) => {
    expect(imageProblem(image)).toContain(why);
  });
});

describe('isPinned', () => {
  test.each(['m:v1', 'reg:5000/m:1.2', `m@sha256:${SHA}`, `m:latest@sha256:${SHA}`, 'm:latest3'])(
    'is true for %s',
    (image) => {
      expect(isPinned(image)).toBe(true);
    },
  );

  test.each([
    'm',
    'm:latest',
    'm:latest-gpu',
    'm:cuda-latest',
    'm:main',
    'm:nightly',
    'reg:5000/m',
    'name-with-dots.and.1-2',
  ])('is false for %s', (image) => {
    expect(isPinned(image)).toBe(false);
  });
});
