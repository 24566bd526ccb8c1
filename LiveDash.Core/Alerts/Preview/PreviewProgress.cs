namespace LiveDash.Core.Alerts.Preview;

/// <summary>How much of a preview is done, over parts that run at once; tells a whole percent once. Thread-safe.</summary>
internal sealed class PreviewProgress(int parts, Action<double>? told)
{
    private readonly Lock _gate = new();
    private readonly double[] _done = new double[parts];
    private double _sum;
    private int _percent;

    /// <summary>A part is so far.</summary>
    public void Report(int part, double fraction)
    {
        if (told is null) return;
        int percent;
        lock (_gate)
        {
            var now = Math.Clamp(fraction, _done[part], 1);
            _sum += now - _done[part];
            _done[part] = now;
            percent = (int)(_sum * 100 / parts);
            if (percent <= _percent) return;
            _percent = percent;
        }

        told(percent / 100.0);
    }
}
