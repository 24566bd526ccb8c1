// What the explore page draws, and no more: plotly.js with the trace types it uses, as one script that sets window.Plotly.
import Plotly from 'plotly.js/lib/core';
import bar from 'plotly.js/lib/bar';
import box from 'plotly.js/lib/box';
import heatmap from 'plotly.js/lib/heatmap';
import histogram from 'plotly.js/lib/histogram';
// The strict form carries its drawing code ready made; the plain one compiles it with new Function, which the page's Content-Security-Policy forbids.
import scattergl from 'plotly.js/src/traces/scattergl/strict';

Plotly.register([bar, box, heatmap, histogram, scattergl]);
window.Plotly = Plotly;
