// What the explore page draws, and no more: plotly.js with the trace types it uses, as one script that sets window.Plotly.
import Plotly from 'plotly.js/lib/core';
import bar from 'plotly.js/lib/bar';
import box from 'plotly.js/lib/box';
import heatmap from 'plotly.js/lib/heatmap';
import histogram from 'plotly.js/lib/histogram';
import scattergl from 'plotly.js/lib/scattergl';

Plotly.register([bar, box, heatmap, histogram, scattergl]);
window.Plotly = Plotly;
