import { sequence, text } from '../bytes.js';
import { type ForgedCase, leaf, validity } from './making.js';

const BEGIN = text(0x17, '260715000000Z');
const END = text(0x17, '270715000000Z');

/** Validity. */
export const datesCases: readonly ForgedCase[] = [
  validity('UTCTime without seconds', text(0x17, '2607150000Z'), END),
  validity('UTCTime with an offset', text(0x17, '260715000000+0100'), END),
  validity('UTCTime without Z', text(0x17, '260715000000'), END),
  validity('30 February', text(0x17, '260230000000Z'), END),
  validity('29 February of a common year', text(0x17, '260229000000Z'), END),
  validity('29 February of a leap year', text(0x17, '240229000000Z'), END),
  validity('month 13', text(0x17, '261315000000Z'), END),
  validity('month 0', text(0x17, '260015000000Z'), END),
  validity('hour 24', text(0x17, '260715240000Z'), END),
  validity('a leap second', text(0x17, '161231235960Z'), END),
  validity('letters in a date', text(0x17, '2607150000xxZ'), END),
  validity('an empty date', text(0x17, ''), END),
  validity('GeneralizedTime before 2050', text(0x18, '20260715000000Z'), text(0x18, '20270715000000Z')),
  validity('GeneralizedTime with fractions', text(0x18, '20260715000000.5Z'), END),
  validity('GeneralizedTime without seconds', BEGIN, text(0x18, '205507150000Z')),
  validity('GeneralizedTime without Z', BEGIN, text(0x18, '20550715000000')),
  validity('GeneralizedTime of the year 9999', BEGIN, text(0x18, '99991231235959Z')),
  validity('GeneralizedTime of the year 0', text(0x18, '00000101000000Z'), END),
  validity('UTCTime of 1950', text(0x17, '500101000000Z'), END),
  validity('UTCTime of 2049', BEGIN, text(0x17, '491231235959Z')),
  validity('a date as a text', text(0x0c, '260715000000Z'), END),
  validity('an end before its beginning', END, BEGIN),
  validity('an end at its beginning', BEGIN, BEGIN),
  leaf('a validity of one date', { validity: sequence(BEGIN) }),
  leaf('a validity of three dates', { validity: sequence(BEGIN, END, END) }),
  leaf('expired', { validity: sequence(text(0x17, '250715000000Z'), text(0x17, '260715000000Z')) }),
  leaf('not valid yet', { validity: sequence(text(0x17, '280715000000Z'), text(0x17, '290715000000Z')) }),
];
