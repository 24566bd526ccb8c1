using System.Runtime.CompilerServices;

namespace LiveDash.Core.Detection;

/// <summary>
/// Finds by itself what a series repeats that no clock says, such as a job each five hours and fifty minutes, and keeps the level of each place in it. A period is
/// believed once it was found twice running, and asked once it was seen twice since. 0.6 KB. Not thread-safe.
/// </summary>
internal struct PeriodWatch
{
    /// <summary>The longest period in bars: four of them are looked at. Longer ones are days and weeks, which the clock tells.</summary>
    public const int Longest = 72;

    private const int Kept = 4 * Longest;
    private const int FindEvery = Kept / 2;
    private const int Least = 4;
    private const double Clear = 0.5;
    private const double Rate = 0.2;

    // Values are kept in so many parts of their spread, to five spreads and a little on either side: enough to tell what repeats.
    private const double Parts = 24;

    private Recent _recent;
    private Levels _levels;
    private long _next;
    private int _taken;
    private int _candidate;
    private int _since;

    /// <summary>The period in bars; 0 while none is known.</summary>
    public int Period { get; private set; }

    /// <summary>The level of a bar's place in the period; NaN where none is known.</summary>
    /// <param name="bar">The bar's number from any beginning.</param>
    public readonly double LevelOf(long bar) => Period > 0 && _since >= 2 * Period ? _levels[(int)(bar % Period)] : double.NaN;

    /// <summary>How far a value is from the level of its place; infinity where none is known.</summary>
    public readonly double Distance(long bar, double value) => LevelOf(bar) is var level && double.IsNaN(level) ? double.PositiveInfinity : Math.Abs(value - level);

    /// <summary>Takes the next bar.</summary>
    /// <param name="bar">Its number from any beginning; what is left out is a gap.</param>
    /// <param name="value">Its value.</param>
    /// <param name="center">The middle of the values lately.</param>
    /// <param name="spread">Their mean distance from it.</param>
    public void Take(long bar, double value, double center, double spread)
    {
        for (var missing = _taken > 0 ? Math.Min(Kept, bar - _next) : 0; missing > 0; missing--) Keep(0);
        Keep(spread > 0 ? (sbyte)Math.Clamp(Math.Round(Parts * (value - center) / spread), sbyte.MinValue, sbyte.MaxValue) : (sbyte)0);
        _next = bar + 1;
        if (Period > 0)
        {
            ref var level = ref _levels[(int)(bar % Period)];
            level = float.IsNaN(level) ? (float)value : level + (float)(Rate * (value - level));
            _since++;
        }
    }

    /// <summary>Bars are counted anew, so places are others.</summary>
    public void Forget() => (Period, _candidate, _taken, _since) = (0, 0, 0, 0);

    private void Keep(sbyte value)
    {
        _recent[_taken++ % Kept] = value;
        if (_taken < Kept || _taken % FindEvery != 0) return;
        if (_taken >= 2 * Kept) _taken -= Kept;
        Look();
    }

    private void Look()
    {
        Span<double> values = stackalloc double[Kept];
        for (var i = 0; i < Kept; i++) values[i] = _recent[(_taken + i) % Kept];
        var found = PeriodPeak.Find(values, Least, Longest, Clear);
        var isSure = found > 0 && Math.Abs(found - _candidate) <= 1;
        _candidate = found;
        // One bar more or less is the same, told by a little noise.
        if (!isSure || Math.Abs(found - Period) <= 1) return;
        (Period, _since) = (found, 0);
        for (var i = 0; i < Longest; i++) _levels[i] = float.NaN;
    }

    [InlineArray(Kept)]
    private struct Recent
    {
        private sbyte _first;
    }

    [InlineArray(Longest)]
    private struct Levels
    {
        private float _first;
    }
}
