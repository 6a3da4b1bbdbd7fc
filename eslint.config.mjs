import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/lib/', 'build/', 'dist/', 'coverage/', 'imports/', '**/node_modules/', '**/*.js', '**/*.mjs'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-require-imports': 'error',
    },
  },
  { files: ['scripts/**', 'bench/**', 'test/cluster/**'], rules: { 'no-console': 'off' } },
);
