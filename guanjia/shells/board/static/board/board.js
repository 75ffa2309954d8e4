// Entry of a display on the wall: clocks that tick, and the age of the figures. Nothing is typed here.
import "../web/js/clocks.js";
import "./stale.js";
