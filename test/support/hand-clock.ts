// For the tests, which move the time by hand; the hub's own use is a simulated year.
export { createHandClock, type HandClock } from '../../main/hub/system/hand-clock';
