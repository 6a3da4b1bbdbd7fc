import { EVERY_CASE } from './cases';
import { testGoodManifests } from './rule-case';

testGoodManifests(EVERY_CASE);
