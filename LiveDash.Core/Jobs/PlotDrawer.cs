using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Streams the points of a plan into a reducer and draws, on the calling thread, wherever that runs. Thread-safe.</summary>
internal static class PlotDrawer
{
    /// <summary>Makes the image in every format.</summary>
    /// <param name="plan">What is drawn.</param>
    /// <param name="points">Where the points are.</param>
    /// <param name="progress">Told the percentage as it grows.</param>
    /// <param name="cancellationToken">Stops it between two blocks.</param>
    /// <exception cref="PlotException">It cannot be made, and trying again would not help.</exception>
    internal static JobImages Draw(PlotPlan plan, IPlotPoints points, Action<int> progress, CancellationToken cancellationToken)
    {
        var spec = plan.Spec;
        var reducer = PlotReducer.Create(spec, plan.Series, plan.Axis);
        PlotFeed.Tell(reducer, points.FindSummaries(plan.Series, plan.Range));
        var pass = 0;
        var told = 0;
        do
        {
            if (plan.Series.Count > 0) points.Scan(plan.Series, plan.Range, spec.Kind is PlotKind.Map or PlotKind.HeatmapGrid, Take, cancellationToken);
            pass++;
        }
        while (reducer.NextPass());

        cancellationToken.ThrowIfCancellationRequested();
        progress(95);
        var read = reducer.Points;
        // All formats at once: after the points are read they cost a few milliseconds each, and whoever looks at one may want another.
        var files = Enum.GetValues<PlotFormat>().ToDictionary(static format => format, Render);
        return new JobImages(plan.Fingerprint, files, read, files.Values.Sum(static f => (long)f.Length));

        // Between two steps a request that waits for this processor has it at once, not at the kernel's next tick.
        byte[] Render(PlotFormat format)
        {
            Thread.Yield();
            return PlotRenderer.Render(spec with { Format = format }, reducer);
        }

        void Take(PointBlock block)
        {
            Thread.Yield();
            PlotFeed.Give(reducer, block);
            if (reducer.Points > plan.MostPoints)
            {
                throw new PlotException(Limits.TooManyPlotPoints(plan.MostPoints) + " Shorten the range or name fewer series.");
            }

            var percent = (int)Math.Min(90, (pass == 0 ? 0 : 50) + (reducer.Points * 45 / plan.Expected));
            if (percent < told + 5) return;
            progress(told = percent);
        }
    }
}
