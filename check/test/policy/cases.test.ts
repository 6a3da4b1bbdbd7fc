import { EVERY_CASE } from './cases';
import { testRules } from './rule-case';

testRules(EVERY_CASE);
