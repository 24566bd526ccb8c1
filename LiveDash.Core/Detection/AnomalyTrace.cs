namespace LiveDash.Core.Detection;

/// <summary>
/// What a detector judged lately, by columns of one length: the strangest bar of each and the band it was expected in. At most so many columns, the newest.
/// One writer; all members are thread-safe.
/// </summary>
public sealed class AnomalyTrace(long widthTicks, int columns) : IJudgedBars
{
    private readonly Lock _gate = new();
    private readonly JudgedBar[] _ring = new JudgedBar[columns];
    private int _count;
    private int _next;

    /// <summary>How many hold it; the shard's own.</summary>
    internal int Uses { get; set; }

    /// <summary>How long a column is, in ticks.</summary>
    public long WidthTicks => widthTicks;

    /// <summary>How many columns are kept.</summary>
    public int Columns => columns;

    /// <inheritdoc/>
    public void Take(in JudgedBar bar)
    {
        var began = bar.Began - (bar.Began % widthTicks);
        lock (_gate)
        {
            var last = (_next + columns - 1) % columns;
            if (_count > 0 && _ring[last].Began == began)
            {
                ref var column = ref _ring[last];
                column = column with
                {
                    Score = Math.Max(column.Score, bar.Score), Mean = bar.Mean, Level = bar.Level,
                    Low = double.IsNaN(column.Low) ? bar.Low : Math.Min(column.Low, bar.Low), High = double.IsNaN(column.High) ? bar.High : Math.Max(column.High, bar.High),
                };
                return;
            }

            _ring[_next] = bar with { Began = began };
            _next = (_next + 1) % columns;
            _count = Math.Min(columns, _count + 1);
        }
    }

    /// <summary>The columns that begin at or after a time, by time.</summary>
    public List<JudgedBar> Since(long ticks)
    {
        var found = new List<JudgedBar>();
        lock (_gate)
        {
            for (var i = 0; i < _count; i++)
            {
                var column = _ring[(_next + columns - _count + i) % columns];
                if (column.Began >= ticks) found.Add(column);
            }
        }

        return found;
    }
}
