import { cidrProblem, isWithin } from '../../src/kinds/cidr';

test.each(['10.0.0.0/8', '0.0.0.0/0', '192.0.2.7/32', '::/0', 'fd00:ec2::23/128', '2001:db8::/32', 'fe80::1:0:0/96'])(
  '%s is a block',
  (text) => expect(cidrProblem(text)).toBeUndefined(),
);

test.each([
  ['10.0.0.0', 'is no block'],
  ['10.0.0.0/33', 'is no block'],
  ['10.0.0.0/08', 'is no block'],
  ['10.0.0.0/-1', 'is no block'],
  ['10.0.0/8', 'is no block'],
  ['010.0.0.0/8', 'is no block'],
  ['10.0.0.0/8/8', 'is no block'],
  ['store.example.com/32', 'is no block'],
  ['fd00::/129', 'is no block'],
  ['fe80::1%eth0/128', 'is no block'],
  ['::1.2.3.4/128', 'is no block'],
  ['', 'is no block'],
  ['10.0.0.1/8', 'has bits set after the first 8'],
  ['fd00::1/64', 'has bits set after the first 64'],
  ['::ffff:102:304/128', 'is an IPv4 block'],
  ['FD00::/8', 'must be written as fd00::/8'],
  ['2001:db8:0:0:0:0:0:0/32', 'must be written as 2001:db8::/32'],
])('%s is none', (text, words) => expect(cidrProblem(text)).toContain(words));

test('knows which block lies in which', () => {
  expect(isWithin('10.1.0.0/16', '10.0.0.0/8')).toBe(true);
  expect(isWithin('10.0.0.0/8', '10.0.0.0/8')).toBe(false);
  expect(isWithin('11.0.0.0/16', '10.0.0.0/8')).toBe(false);
  expect(isWithin('10.0.0.0/8', '10.1.0.0/16')).toBe(false);
  expect(isWithin('fd00:1::/32', 'fd00::/8')).toBe(true);
  expect(isWithin('10.0.0.0/8', '::/0')).toBe(false);
});
