namespace LiveDash.Core.Plots.Kinds;

/// <summary>First, least, greatest and last point of one pixel column: drawing these four draws the same picture as all (M4; Jugel et al., VLDB 2014).</summary>
internal struct PixelColumn
{
    /// <summary>How many points fell into it; the other fields mean something when it is above 0.</summary>
    public long Count;

    /// <summary>UTC ticks of the four.</summary>
    public long FirstTime, MinTime, MaxTime, LastTime;

    /// <summary>Values of the four.</summary>
    public double First, Min, Max, Last;

    /// <summary>Their sum.</summary>
    public double Sum;

    /// <summary>Takes a row of this column that stands for several points, in order of time.</summary>
    internal void Add(long time, SummaryRow row)
    {
        if (Count == 0)
        {
            FirstTime = time;
            First = row.Last;
        }

        if (Count == 0 || row.Least < Min) (Min, MinTime) = (row.Least, time);
        if (Count == 0 || row.Greatest > Max) (Max, MaxTime) = (row.Greatest, time);
        Sum += row.Sum;
        Count += row.Count;
        (LastTime, Last) = (time, row.Last);
    }

    /// <summary>Takes points of this column, in order of time.</summary>
    internal void Add(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        if (Count == 0)
        {
            FirstTime = MinTime = MaxTime = times[0];
            First = Min = Max = values[0];
        }

        double min = Min, max = Max, sum = 0;
        int least = -1, greatest = -1;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            sum += value;
            if (value < min)
            {
                min = value;
                least = i;
            }

            if (value > max)
            {
                max = value;
                greatest = i;
            }
        }

        if (least >= 0) (Min, MinTime) = (min, times[least]);
        if (greatest >= 0) (Max, MaxTime) = (max, times[greatest]);
        Sum += sum;
        Count += values.Length;
        LastTime = times[^1];
        Last = values[^1];
    }
}
